import { CIVIL_ZONE } from '../../../shared/kernel/days.ts';

const clock = new Intl.DateTimeFormat('en-GB', { timeZone: CIVIL_ZONE, hour: '2-digit', minute: '2-digit' });

/** An instant as the clock on the center's wall shows it: `16:05`. */
export const clockOf = (instant: string): string => clock.format(new Date(instant));
