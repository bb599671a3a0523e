import type { Booking } from '../../../../shared/contracts/bookings.ts';
import { classes } from '../../lib/classes.ts';
import { useTexts } from '../../lib/i18n.ts';
import styles from './booking-state.module.css';
import { bookingsTexts } from './texts.ts';

export function BookingState({ state }: { state: Booking['state'] }) {
  const t = useTexts(bookingsTexts);
  return <span className={classes(styles.state, styles[`state-${state}`])}>{t(`state.${state}`)}</span>;
}
