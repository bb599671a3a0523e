import { Link } from '@tanstack/react-router';
import type { Booking } from '../../../../shared/contracts/bookings.ts';
import { inLanguage } from '../../lib/format.ts';
import { useLanguage, useTexts } from '../../lib/i18n.ts';
import { BookingState } from './booking-state.tsx';
import { bookingsTexts } from './texts.ts';
import { useBeneficiaryName } from './use-beneficiary-name.ts';
import { usePlaceText } from './use-place-text.ts';

/** One booking in the list: the whole card leads to it. */
export function BookingRow({ booking }: { booking: Booking }) {
  const t = useTexts(bookingsTexts);
  const language = useLanguage();
  const place = usePlaceText(booking);
  const name = useBeneficiaryName(booking);
  return (
    <li className="card card-link bookings-row">
      <div className="bookings-time">
        <time dateTime={`${booking.date}T${booking.startsAt}`}>{booking.startsAt}</time>
        <span>{booking.endsAt}</span>
      </div>
      <div className="bookings-row-body">
        <h3>
          <Link
            to="/bookings/$personId/$bookingId"
            params={{ personId: booking.beneficiaryId, bookingId: booking.bookingId }}
          >
            {name ? `${name} · ` : ''}
            {inLanguage(booking.title, language)}
          </Link>
        </h3>
        <p>{place.name}</p>
        <p className="bookings-row-foot">
          <BookingState state={booking.state} />
          <span>
            {t('code')} <strong>{booking.shortCode}</strong>
          </span>
        </p>
      </div>
    </li>
  );
}
