import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { mustBeSignedIn, root, signedIn } from './parents.tsx';
import { oneOf, only, type Search, text } from './search.ts';

const bookings = createRoute({
  getParentRoute: () => signedIn,
  path: '/bookings',
  validateSearch: (search: Search) => only({ when: oneOf(['coming', 'past'], search['when']) }),
  component: lazyRouteComponent(() => import('../../features/bookings/bookings-screen.tsx'), 'BookingsScreen'),
});

const booking = createRoute({
  getParentRoute: () => signedIn,
  path: '/bookings/$personId/$bookingId',
  component: lazyRouteComponent(() => import('../../features/bookings/booking-screen.tsx'), 'BookingScreen'),
});

const checkout = createRoute({
  getParentRoute: () => signedIn,
  path: '/checkout',
  validateSearch: (search: Search) => only({ booked: text(search['booked']) }),
  component: lazyRouteComponent(() => import('../screens/checkout-screen.tsx'), 'CheckoutScreen'),
});

const order = createRoute({
  getParentRoute: () => signedIn,
  path: '/orders/$orderId',
  component: lazyRouteComponent(() => import('../../features/checkout/order-screen.tsx'), 'OrderScreen'),
});

const calendars = createRoute({
  getParentRoute: () => signedIn,
  path: '/calendars',
  validateSearch: (search: Search) => only({ room: text(search['room']), class: text(search['class']) }),
  component: lazyRouteComponent(() => import('../../features/calendars/calendars-screen.tsx'), 'CalendarsScreen'),
});

/** For paper: without header and footer. */
const slip = createRoute({
  getParentRoute: () => root,
  path: '/slip/$tickets',
  beforeLoad: mustBeSignedIn,
  component: lazyRouteComponent(() => import('../../features/bookings/slip-screen.tsx'), 'SlipScreen'),
});

export const bookingRoutes = [bookings, booking, checkout, order, calendars] as const;
export const paperRoutes = [slip] as const;
