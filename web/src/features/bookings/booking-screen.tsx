import { Button, Group, Text } from '@mantine/core';
import { useParams } from '@tanstack/react-router';
import { useState } from 'react';
import type { Booking } from '../../../../shared/contracts/bookings.ts';
import { FailedPage } from '../../components/failed-page.tsx';
import { ButtonLink, TextLink } from '../../components/links.tsx';
import { LoadingPage } from '../../components/loading.tsx';
import { PageTitle } from '../../components/page-title.tsx';
import { BookingState } from '../../entities/bookings/booking-state.tsx';
import { BookingTicket } from '../../entities/bookings/booking-ticket.tsx';
import { useBooking } from '../../entities/bookings/bookings.ts';
import { CancelDialog } from '../../entities/bookings/cancel-dialog.tsx';
import { bookingsTexts } from '../../entities/bookings/texts.ts';
import { useBeneficiaryName } from '../../entities/bookings/use-beneficiary-name.ts';
import { usePlaceText } from '../../entities/bookings/use-place-text.ts';
import { HeldCard } from '../../entities/holds/held-card.tsx';
import { NoShowNotice } from '../../entities/no-shows/no-show-notice.tsx';
import { dayText, inLanguage, instantText, priceText, timeRange } from '../../lib/format.ts';
import { hasStarted } from '../../lib/has-started.ts';
import { useLanguage, useTexts } from '../../lib/i18n.ts';
import { useCityNow } from '../../lib/today.ts';
import styles from './bookings.module.css';

/** Nothing to show at the door: it is not booked yet, or no longer. */
const ticketless: readonly Booking['state'][] = ['held', 'canceled', 'lapsed', 'no-show', 'excused'];

export function BookingScreen() {
  const t = useTexts(bookingsTexts);
  const language = useLanguage();
  const { personId, bookingId } = useParams({ from: '/shell/signed-in/bookings/$personId/$bookingId' });
  const found = useBooking(personId, bookingId);
  if (found.isPending) return <LoadingPage />;
  if (found.error) return <FailedPage error={found.error} onRetry={() => void found.refetch()} />;
  const booking = found.data;
  return (
    <div style={{ maxWidth: '36rem' }}>
      <TextLink to="/bookings" size="sm">
        {t('back')}
      </TextLink>
      <PageTitle mb="xs">{inLanguage(booking.title, language)}</PageTitle>
      <Group mb="md">
        <BookingState state={booking.state} />
        {booking.byStaff ? <Text size="sm">{t('byStaff')}</Text> : null}
      </Group>
      {booking.state === 'held' && booking.orderId ? (
        <ul className="plain-list">
          <HeldCard orderId={booking.orderId} bookings={[booking]} />
        </ul>
      ) : null}
      {ticketless.includes(booking.state) ? null : <BookingTicket booking={booking} detailed={false} />}
      <NoShowNotice booking={booking} />
      <BookingFacts booking={booking} />
      {booking.seriesId ? (
        <p>
          <TextLink to="/series/$seriesId" params={{ seriesId: booking.seriesId }} size="sm">
            {t('ofSeries')}
          </TextLink>
        </p>
      ) : null}
      {booking.orderId && booking.state !== 'held' ? (
        <p>
          <TextLink to="/orders/$orderId" params={{ orderId: booking.orderId }} size="sm">
            {t('ofOrder')}
          </TextLink>
        </p>
      ) : null}
      {booking.roundId ? (
        <p>
          <TextLink to="/rounds/$roundId" params={{ roundId: booking.roundId }} size="sm">
            {t('ofRound')}
          </TextLink>
        </p>
      ) : null}
      <CancelBooking booking={booking} />
    </div>
  );
}

function BookingFacts({ booking }: { booking: Booking }) {
  const t = useTexts(bookingsTexts);
  const language = useLanguage();
  const now = useCityNow();
  const place = usePlaceText(booking);
  const name = useBeneficiaryName(booking);
  const facts = [
    [t('for'), name],
    [t('when'), `${dayText(booking.date, language, now.date)} ${timeRange(booking.startsAt, booking.endsAt)}`],
    [t('where'), [place.name, place.address].filter(Boolean).join(' · ')],
    [t('price'), priceText(booking.residentPriceFen, language)],
    [t('ended'), booking.because === 'closure' ? t('endedByClosure') : undefined],
    [t('refund'), booking.refundFen ? priceText(booking.refundFen, language) : undefined],
    [t('kept'), booking.keptFen ? priceText(booking.keptFen, language) : undefined],
    [t('purpose'), booking.purpose],
    [t('bookedAt'), instantText(booking.createdAt, language)],
  ];
  return (
    <dl className={styles.facts}>
      {facts.map(([label, value]) =>
        value ? (
          <div key={label}>
            <dt>{label}</dt>
            <dd>{value}</dd>
          </div>
        ) : null,
      )}
    </dl>
  );
}

function CancelBooking({ booking }: { booking: Booking }) {
  const t = useTexts(bookingsTexts);
  const now = useCityNow();
  const place = usePlaceText(booking);
  const [asking, setAsking] = useState(false);
  const [canceled, setCanceled] = useState(false);
  const cancelable = booking.state === 'booked' && !hasStarted(now, booking.date, booking.startsAt);
  return (
    <>
      <div role="status">
        {canceled ? (
          <Text fw={600} mb="sm">
            {t('canceled')}
          </Text>
        ) : null}
      </div>
      <Group>
        {cancelable ? (
          <Button variant="outline" color="lychee" onClick={() => setAsking(true)}>
            {t('cancel')}
          </Button>
        ) : null}
        {booking.state === 'canceled' && booking.sessionId ? (
          <ButtonLink to="/sessions/$sessionId" params={{ sessionId: booking.sessionId }}>
            {t('again')}
          </ButtonLink>
        ) : null}
      </Group>
      {place.phone ? (
        <Text size="sm" mt="md">
          {t('callCenter')}
          <a href={`tel:${place.phone.replaceAll(/[^\d+]/g, '')}`}>{place.phone}</a>
        </Text>
      ) : null}
      <CancelDialog
        booking={booking}
        opened={asking}
        onClose={() => setAsking(false)}
        onCanceled={() => {
          setAsking(false);
          setCanceled(true);
        }}
      />
    </>
  );
}
