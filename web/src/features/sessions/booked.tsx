import { Button, Group, Text } from '@mantine/core';
import { IconCircleCheck } from '@tabler/icons-react';
import type { Booking } from '../../../../shared/contracts/bookings.ts';
import { ButtonLink } from '../../components/links.tsx';
import { PageTitle } from '../../components/page-title.tsx';
import { BookingTicket } from '../../entities/bookings/booking-ticket.tsx';
import { ticketsOf } from '../../entities/bookings/slip-address.ts';
import { HeldScreen } from '../../entities/holds/held.tsx';
import { classes } from '../../lib/classes.ts';
import { useTexts } from '../../lib/i18n.ts';
import { bookingTexts } from './booking-texts.ts';
import styles from './session.module.css';

type Props = { bookings: Booking[]; onMore: () => void };

/** What became of the wish: places that are held first, or bookings. */
export function Booked({ bookings, onMore }: Props) {
  if (bookings.some(({ state }) => state === 'held'))
    return (
      <HeldScreen bookings={bookings} onMore={onMore} booked={(all) => <Tickets bookings={all} onMore={onMore} />} />
    );
  return <Tickets bookings={bookings} onMore={onMore} />;
}

/** What was booked, with the code that staff ask for. */
function Tickets({ bookings, onMore }: Props) {
  const t = useTexts(bookingTexts);
  const orderId = bookings[0]?.orderId;
  return (
    <>
      <div className={styles.done}>
        <IconCircleCheck aria-hidden stroke={1.5} />
        <div>
          <PageTitle announced mb="0">
            {t('done')}
          </PageTitle>
          <Text>{t('doneLead', { count: bookings.length })}</Text>
        </div>
      </div>
      <ul className={classes('plain-list', styles.tickets)}>
        {bookings.map((booking) => (
          <li key={booking.bookingId}>
            <BookingTicket booking={booking} />
          </li>
        ))}
      </ul>
      <Group mt="lg">
        <ButtonLink to="/bookings">{t('toBookings')}</ButtonLink>
        {bookings.length > 1 && orderId ? (
          <ButtonLink variant="default" to="/orders/$orderId" params={{ orderId }}>
            {t('toOrder')}
          </ButtonLink>
        ) : null}
        {bookings.length > 1 ? (
          <ButtonLink variant="default" to="/slip/$tickets" params={{ tickets: ticketsOf(bookings) }}>
            {t('printAll')}
          </ButtonLink>
        ) : null}
        <Button variant="default" onClick={onMore}>
          {t('more')}
        </Button>
      </Group>
    </>
  );
}
