import type { BookingId } from '../../../../shared/contracts/common.ts';
import type { Board } from '../../../../shared/contracts/desk.ts';

const BOOKING_ID = /\d{8}-[0-9a-z]{13}/;
const SHORT_CODE = /^[0-9a-z]{6}$/;

/**
 * The code in what was typed or scanned: a booking id anywhere in it, or six characters. A scanner behind an input method types
 * full-width letters; those count as plain ones. `undefined` when there is none.
 */
export function codeIn(typed: string): string | undefined {
  const plain = typed.normalize('NFKC').toLowerCase().trim();
  const id = BOOKING_ID.exec(plain)?.[0];
  if (id) return id;
  const short = plain.replace(/[\s-]/g, '');
  return SHORT_CODE.test(short) ? short.toUpperCase() : undefined;
}

/** Whose code it is, as far as the board in hand shows it: to name people when the server refuses. */
export function nameOfCode(board: Board | undefined, code: string): string | undefined {
  const fits = ({ bookingId, shortCode }: { bookingId: BookingId; shortCode: string }) =>
    bookingId === code || shortCode === code;
  const all = [...(board?.sessions.flatMap(({ seats }) => seats) ?? []), ...(board?.roomBookings ?? [])];
  const found = all.filter(fits);
  return found.length === 1 ? found[0]?.name : undefined;
}
