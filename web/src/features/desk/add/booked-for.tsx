import { Button, Group } from '@mantine/core';
import { IconCircleCheckFilled, IconPrinter } from '@tabler/icons-react';
import { useEffect, useRef } from 'react';
import type { Booking } from '../../../../../shared/contracts/bookings.ts';
import type { Person } from '../../../../../shared/contracts/people.ts';
import type { IsoDate } from '../../../../../shared/kernel/days.ts';
import { ButtonLink } from '../../../components/links.tsx';
import { ticketsOf } from '../../../entities/bookings/slip-address.ts';
import styles from '../../../entities/desks/add-person.module.css';
import { addTexts } from '../../../entities/desks/add-texts.ts';
import { classes } from '../../../lib/classes.ts';
import { dayText, inLanguage, timeRange } from '../../../lib/format.ts';
import { useLanguage, useTexts } from '../../../lib/i18n.ts';

type Props = { person: Person; bookings: Booking[]; today: IsoDate; onAnother: () => void; onClose: () => void };

/** What was booked, with the codes, and the slip to hand over. */
export function BookedFor({ person, bookings, today, onAnother, onClose }: Props) {
  const t = useTexts(addTexts);
  const language = useLanguage();
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  return (
    <>
      <h3 className={styles.done} tabIndex={-1} ref={heading}>
        <IconCircleCheckFilled aria-hidden />
        {t('done', { name: person.name, count: bookings.length })}
      </h3>
      <ul className={classes('plain-list', styles.bookings)}>
        {bookings.map(({ bookingId, title, date, startsAt, endsAt, shortCode }) => (
          <li key={bookingId}>
            <div>
              <strong>{inLanguage(title, language)}</strong>
              <p>
                {dayText(date, language, today)} {timeRange(startsAt, endsAt)}
              </p>
            </div>
            <p className={styles.code}>
              <span>{t('code')}</span>
              <strong className="numbers">{shortCode}</strong>
            </p>
          </li>
        ))}
      </ul>
      <Group>
        <ButtonLink
          to="/slip/$tickets"
          params={{ tickets: ticketsOf(bookings) }}
          preload={false}
          target="_blank"
          leftSection={<IconPrinter size="1.125rem" aria-hidden />}
        >
          {t(bookings.length > 1 ? 'printAll' : 'print')}
        </ButtonLink>
        <Button variant="default" onClick={onAnother}>
          {t('another')}
        </Button>
        <Button variant="subtle" onClick={onClose}>
          {t('finish')}
        </Button>
      </Group>
    </>
  );
}
