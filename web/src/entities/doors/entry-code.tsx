import { useQuery } from '@tanstack/react-query';
import type { Booking } from '../../../../shared/contracts/bookings.ts';
import { Failure } from '../../components/failure.tsx';
import { callApi } from '../../lib/api.ts';
import { classes } from '../../lib/classes.ts';
import { clockOf } from '../../lib/clock-text.ts';
import { useTexts } from '../../lib/i18n.ts';
import styles from './entry-code.module.css';
import { doorTexts } from './texts.ts';

const opening: readonly string[] = ['booked', 'checked-in'];

/** Whether a booking opens a door: it has a room, and it stands. */
export const hasEntryCode = ({ roomId, state }: Booking): boolean => roomId !== undefined && opening.includes(state);

export const useEntryCode = ({ beneficiaryId, bookingId, ...booking }: Booking) =>
  useQuery({
    queryKey: ['bookings', 'entry-code', beneficiaryId, bookingId],
    queryFn: ({ signal }) =>
      callApi('GET /v1/people/{personId}/bookings/{bookingId}/entry-code', {
        path: { personId: beneficiaryId, bookingId },
        signal,
      }),
    enabled: hasEntryCode({ beneficiaryId, bookingId, ...booking }),
  });

/** Eight digits in two groups, as they are read to oneself on the way to the lock. */
export const codeInGroups = (code: string): string => `${code.slice(0, 4)} ${code.slice(4)}`;

/** The code of a booking for the door of its room, large, with when it opens. Nothing where there is no door to open. */
export function EntryCode({ booking }: { booking: Booking }) {
  const t = useTexts(doorTexts);
  const found = useEntryCode(booking);
  if (found.error) return <Failure error={found.error} onRetry={() => void found.refetch()} />;
  if (!found.data) return null;
  const { code, opensAt, closesAt } = found.data;
  return (
    <div className={styles.code}>
      <p className={styles.label}>{t('entryCode')}</p>
      <p className={classes(styles.digits, 'numbers')}>{codeInGroups(code)}</p>
      <p>
        <strong>{t('entryWindow', { from: clockOf(opensAt), until: clockOf(closesAt) })}</strong>
      </p>
      <p className={styles.hint}>{t('entryHint')}</p>
    </div>
  );
}
