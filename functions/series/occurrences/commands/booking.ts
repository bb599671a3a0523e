import type { Authorized } from '../../../../shared/access/authorize.ts';
import { releaseAgenda, releaseRoom, releaseSeat } from '../../../../shared/booking/claim/release.ts';
import type { BookingRow } from '../../../../shared/booking/items/booking-row.ts';
import type { Occurrence } from '../../../../shared/booking/items/occurrence.ts';
import { decideOrder } from '../../../../shared/booking/order/order.ts';
import { moveRow } from '../../../../shared/booking/row/rows.ts';
import type { PersonId } from '../../../../shared/contracts/common.ts';
import type { CommandContext } from '../../../../shared/http/context.ts';
import { isRefusal, type Refusal } from '../../../../shared/kernel/refusal.ts';
import * as rooms from '../../../rooms/index.ts';
import { bookSessions } from '../../../sessions/index.ts';
import type { SeriesItem } from '../../items.ts';
import { type Slot, sessionIdAt } from '../items.ts';

/** One try to book one occurrence: what it is for, and the number that makes its key. */
export type Try = {
  readonly recurrence: string;
  readonly place: Slot;
  readonly tries: number;
  readonly sequence: number;
};

/**
 * A booking of a series is made as the one who made the series, with what that person may do at this moment, whoever asks for the
 * rest and when: so its id is the same for all of them, and a right that has ended books nothing more.
 */
export const commandAs = (by: Authorized, personId: PersonId, idempotencyKey: string | undefined): CommandContext => ({
  tenantId: by.tenantId,
  actor: { tenantId: by.tenantId, personId, work: 'series' },
  now: by.now,
  idempotencyKey,
});

/** The key of a try: made from the series, the date that the rule gave, and how often it was tried. */
const keyOf = ({ seriesId }: SeriesItem, { recurrence, tries }: Try): string =>
  `series.${seriesId}.${recurrence}${tries === 0 ? '' : `.${tries}`}`;

const occurrenceOf = (head: SeriesItem, { recurrence, sequence }: Try): Occurrence => ({
  mark: [head.seriesId, `${recurrence}T${head.ruleTime}`, sequence],
  beyondHorizon: head.reason !== undefined,
});

function roomRequest(head: SeriesItem, { date, startsAt, endsAt }: Slot): rooms.RoomRequest | undefined {
  const { target, beneficiaryId } = head;
  if (target.kind !== 'room') return undefined;
  const { purpose, offeringId, with: others } = target;
  const end = endsAt ?? target.endsAt;
  return { date, startsAt, endsAt: end, purpose, with: others, beneficiaryId, ...(offeringId ? { offeringId } : {}) };
}

const deskOf = (head: SeriesItem) => (head.reason === undefined ? {} : { deskOf: head.centerId, reason: head.reason });
const onBehalf = (head: SeriesItem) =>
  head.reason === undefined ? undefined : { centerId: head.centerId, reason: head.reason };

/** Nothing is decided by these: the try is made again. */
const passing = new Set(['try-again', 'changed-meanwhile']);

/** The refusal of a rule or a claim; `undefined` where nothing was decided. Anything else is thrown on. */
function refusalIn(error: unknown): Refusal | undefined {
  if (!isRefusal(error)) throw error;
  return passing.has(error.code) ? undefined : error;
}

/** The row of the booking; why it cannot be had; or nothing, when the table was too busy to decide. */
export type Tried = { readonly row: BookingRow } | { readonly refusal: Refusal } | undefined;

async function tried(make: () => Promise<BookingRow | undefined>): Promise<Tried> {
  try {
    const row = await make();
    return row && { row };
  } catch (error) {
    const refusal = refusalIn(error);
    return refusal && { refusal };
  }
}

/** Books one occurrence; again under the same number, it is the same booking. `old` gives its place up to it where they may overlap. */
export function bookOne(by: Authorized, head: SeriesItem, wanted: Try, old?: BookingRow): Promise<Tried> {
  const context = commandAs(by, head.actorId, keyOf(head, wanted));
  const mark = occurrenceOf(head, wanted);
  const { target } = head;
  if (target.kind === 'sessions') {
    const sessionId = sessionIdAt(target.offeringId, wanted.place);
    const parties = [{ sessionId, beneficiaryIds: [head.beneficiaryId] }];
    return tried(async () => {
      const { rows } = await bookSessions(context, { parties, ifFull: 'refuse' }, onBehalf(head), mark);
      return rows[0];
    });
  }
  const request = roomRequest(head, wanted.place);
  if (!request) throw new Error('a room is asked for by a stretch');
  const occurrence = { ...mark, ...deskOf(head) };
  return tried(async () => {
    if (old && old.date === request.date) return rooms.moveSameDay(context, old, target.roomId, request, occurrence);
    return (await rooms.book(context, target.roomId, request, occurrence)).row;
  });
}

/** Whether {@link bookOne} could be done now: nothing is written. Refuses what is no matter of the date. */
export async function tryOne(
  by: Authorized,
  head: SeriesItem,
  wanted: Try,
  old?: BookingRow,
): Promise<{ code: string } | undefined> {
  const context = commandAs(by, head.actorId, undefined);
  const mark = occurrenceOf(head, wanted);
  const { target } = head;
  const request = roomRequest(head, wanted.place);
  if (target.kind === 'room' && request) {
    const occurrence = { ...mark, ...deskOf(head) };
    return old && old.date === request.date
      ? rooms.tryOutMove(context, old, target.roomId, request, occurrence)
      : rooms.tryOut(context, target.roomId, request, occurrence);
  }
  if (target.kind !== 'sessions') return undefined;
  const sessionId = sessionIdAt(target.offeringId, wanted.place);
  const parties = [{ sessionId, beneficiaryIds: [head.beneficiaryId] }];
  try {
    await bookSessions(context, { parties, ifFull: 'refuse' }, onBehalf(head), { ...mark, tryOut: true });
    return undefined;
  } catch (error) {
    if (isRefusal(error) && (error.status === 403 || error.status === 401)) throw error;
    return refusalIn(error);
  }
}

/** Gives the place of a moved booking back, and ends its hold; done already, it changes nothing. */
export async function releaseMoved(by: Authorized, row: BookingRow, byPersonId: string): Promise<void> {
  if (row.state === 'held' && row.orderId)
    await decideOrder(by, row.orderId, { to: 'released', because: 'moved', decidedBy: byPersonId });
  const { beneficiaryId: personId, bookingId, date, startsAt, endsAt, kind, roomId, sessionId } = row;
  const why = { because: 'moved', endedBy: byPersonId };
  if (kind === 'session' && sessionId) await releaseSeat(by, sessionId, personId, bookingId, why);
  else if (roomId)
    await releaseRoom(by, { roomId, date, bookingId, startsAt, endsAt, buffers: row.buffers, with: row.with }, why);
  await releaseAgenda(by, { personId, date, bookingId, startsAt, endsAt, ofRoom: kind === 'room' });
  await moveRow(by, row, 'canceled', { gone: { bookingId, ...why } });
}
