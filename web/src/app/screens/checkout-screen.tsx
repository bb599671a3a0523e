import { CheckoutScreen as Checkout } from '../../features/checkout/checkout-screen.tsx';
import { Booked } from '../../features/sessions/booked.tsx';

/** The checkout; what it has booked is shown as after booking a session. */
export function CheckoutScreen() {
  return <Checkout booked={(bookings, onMore) => <Booked bookings={bookings} onMore={onMore} />} />;
}
