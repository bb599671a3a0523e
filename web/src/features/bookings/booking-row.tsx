import { Link } from '@tanstack/react-router';
import type { Booking } from '../../../../shared/contracts/bookings.ts';
import { BookingState } from '../../entities/bookings/booking-state.tsx';
import { bookingsTexts } from '../../entities/bookings/texts.ts';
import { useBeneficiaryName } from '../../entities/bookings/use-beneficiary-name.ts';
import { usePlaceText } from '../../entities/bookings/use-place-text.ts';
import { classes } from '../../lib/classes.ts';
import { dayText, inLanguage } from '../../lib/format.ts';
import { useLanguage, useTexts } from '../../lib/i18n.ts';
import styles from './bookings.module.css';

/** One booking in the list: the whole card leads to it. `dated` when no heading above says the day. */
export function BookingRow({ booking, dated = false }: { booking: Booking; dated?: boolean }) {
  const t = useTexts(bookingsTexts);
  const language = useLanguage();
  const place = usePlaceText(booking);
  const name = useBeneficiaryName(booking);
  return (
    <li className={classes('card card-link', styles.row)}>
      <div className={styles.time}>
        <time dateTime={`${booking.date}T${booking.startsAt}`}>{booking.startsAt}</time>
        <span>{booking.endsAt}</span>
      </div>
      <div className={styles.rowBody}>
        <h3>
          <Link
            to="/bookings/$personId/$bookingId"
            params={{ personId: booking.beneficiaryId, bookingId: booking.bookingId }}
          >
            {name ? `${name} · ` : ''}
            {inLanguage(booking.title, language)}
          </Link>
        </h3>
        <p>{dated ? `${dayText(booking.date, language)} · ${place.name}` : place.name}</p>
        <p className={styles.rowFoot}>
          <BookingState state={booking.state} />
          <span>
            {t('code')} <strong>{booking.shortCode}</strong>
          </span>
        </p>
      </div>
    </li>
  );
}
