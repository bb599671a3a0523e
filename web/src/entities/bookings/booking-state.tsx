import type { Booking } from '../../../../shared/contracts/bookings.ts';
import { useTexts } from '../../lib/i18n.ts';
import { bookingsTexts } from './texts.ts';
import './booking-state.css';

export function BookingState({ state }: { state: Booking['state'] }) {
  const t = useTexts(bookingsTexts);
  return <span className={`booking-state booking-state-${state}`}>{t(`state.${state}`)}</span>;
}
