import { IconCalendarHeart, IconHomeHeart, IconSearch } from '@tabler/icons-react';

/** The three places a resident goes to: in the header on wide screens, under the thumb on narrow ones. */
export const mainPlaces = [
  { to: '/', text: 'find', Icon: IconSearch },
  { to: '/bookings', text: 'bookings', Icon: IconCalendarHeart },
  { to: '/household', text: 'household', Icon: IconHomeHeart },
] as const;
