import { Group, Text } from '@mantine/core';
import { IconCalendarPlus, IconPrinter } from '@tabler/icons-react';
import type { Booking } from '../../../../shared/contracts/bookings.ts';
import { ActionButton } from '../../components/action-button.tsx';
import { Failure } from '../../components/failure.tsx';
import { ButtonLink, TextLink } from '../../components/links.tsx';
import { QrCode } from '../../components/qr-code.tsx';
import { classes } from '../../lib/classes.ts';
import { dayText, inLanguage, timeRange } from '../../lib/format.ts';
import { useLanguage, useTexts } from '../../lib/i18n.ts';
import { useCityNow } from '../../lib/today.ts';
import { EntryCode } from '../doors/entry-code.tsx';
import { useCalendarFile } from './calendar-file.ts';
import { ticketsOf } from './slip-address.ts';
import { bookingsTexts } from './texts.ts';
import styles from './ticket.module.css';
import { useBeneficiaryName } from './use-beneficiary-name.ts';
import { usePlaceText } from './use-place-text.ts';

/** A booking as the thing one shows at the door: who, what, where, when, and the code. */
export function BookingTicket({ booking, detailed = true }: { booking: Booking; detailed?: boolean }) {
  const t = useTexts(bookingsTexts);
  const language = useLanguage();
  const now = useCityNow();
  const place = usePlaceText(booking);
  const name = useBeneficiaryName(booking);
  const calendar = useCalendarFile();
  return (
    <div className={classes('card', styles.ticket)}>
      <div className={styles.body}>
        <div>
          <p className={styles.person}>{name}</p>
          <p className={styles.title}>
            {detailed ? (
              <TextLink
                to="/bookings/$personId/$bookingId"
                params={{ personId: booking.beneficiaryId, bookingId: booking.bookingId }}
                inherit
              >
                {inLanguage(booking.title, language)}
              </TextLink>
            ) : (
              inLanguage(booking.title, language)
            )}
          </p>
          <p>
            <time dateTime={`${booking.date}T${booking.startsAt}`}>
              {dayText(booking.date, language, now.date)} {timeRange(booking.startsAt, booking.endsAt)}
            </time>
          </p>
          <p className={styles.place}>{place.name}</p>
        </div>
        <div className={styles.code}>
          <QrCode text={booking.bookingId} label={t('qr', { code: booking.shortCode })} />
          <p>
            <span className={styles.codeLabel}>{t('code')}</span> <strong>{booking.shortCode}</strong>
          </p>
        </div>
      </div>
      <EntryCode booking={booking} />
      <Text size="sm" c="dimmed">
        {t('codeHint')}
      </Text>
      <Group gap="xs" mt="xs">
        <ButtonLink
          variant="default"
          size="sm"
          to="/slip/$tickets"
          params={{ tickets: ticketsOf([booking]) }}
          leftSection={<IconPrinter size="1.125rem" aria-hidden />}
        >
          {t('print')}
        </ButtonLink>
        <ActionButton
          variant="default"
          size="sm"
          pending={calendar.isPending}
          onClick={() => calendar.mutate(booking)}
          leftSection={<IconCalendarPlus size="1.125rem" aria-hidden />}
        >
          {t('calendar')}
        </ActionButton>
      </Group>
      <div role="status">{calendar.isSuccess ? <Text size="sm">{t('calendarDone')}</Text> : null}</div>
      {calendar.error ? <Failure error={calendar.error} onRetry={() => calendar.mutate(booking)} /> : null}
    </div>
  );
}
