import type { Authorized } from '../../access/authorize.ts';
import type { PersonId, RoomId } from '../../contracts/common.ts';
import { again, retry } from '../../kernel/again.ts';
import { quartersBetween } from '../../kernel/days.ts';
import { isRefusal, refuse } from '../../kernel/refusal.ts';
import { type Condition, condition, type RawItem } from '../../table/conditions.ts';
import { getMany, parsedItem } from '../../table/read.ts';
import { transact, type Write } from '../../table/write.ts';
import { readCityRules, roomQuartersOf } from '../items/city-rules.ts';
import { encodeClaimEnd } from '../items/claim-end.ts';
import {
  type AgendaDayItem,
  agendaDayItem,
  type BufferQuarters,
  encodeAgendaEntry,
  encodeRoomEntry,
  entryAttribute,
  fits,
  NO_BUFFERS,
  type RoomDayItem,
  roomDayItem,
  stretchQuarters,
} from '../items/day-sheet.ts';
import { agendaDayKey, roomDayKey } from './keys.ts';
import { lapsedIn, lapseHolds } from './lapse.ts';
import type { RoomRelease, Why } from './release.ts';
import { pointerTo, type RoomClaim, storedEntry } from './room.ts';

/** A booking of a room that changes its time on the same date: what it gives up, and what it takes, for whom. */
export type MoveInDay = {
  readonly from: RoomRelease;
  readonly to: RoomClaim;
  readonly personId: PersonId;
  readonly why: Why;
  /** What moves with it: the order that decides about the new time, the end of the one that decided about the old. */
  readonly orders: readonly Write[];
};

type Sets = Readonly<Record<string, ReadonlySet<number>>>;
type Half = { sets: Sets; was: RawItem; out: string; in: string; entry: RawItem };

const less = (set: ReadonlySet<number>, quarters: readonly number[]) =>
  new Set([...set].filter((quarter) => !quarters.includes(quarter)));
const more = (set: ReadonlySet<number>, quarters: readonly number[]) => new Set([...set, ...quarters]);

type Stretch = Pick<RoomRelease, 'startsAt' | 'endsAt' | 'buffers'>;

/** A room's sheet as if this stretch were not taken. */
export function sheetWithout(sheet: RoomDayItem, { startsAt, endsAt, buffers = NO_BUFFERS }: Stretch): RoomDayItem {
  const { own, pre, post } = stretchQuarters(startsAt, endsAt, buffers);
  return { ...sheet, busy: less(sheet.busy, own), pre: less(sheet.pre, pre), post: less(sheet.post, post) };
}

/** A person's day as if this stretch of room time were not taken. */
export function dayWithout(day: AgendaDayItem, { startsAt, endsAt }: Stretch): AgendaDayItem {
  const own = quartersBetween(startsAt, endsAt);
  return { ...day, busy: less(day.busy, own), roomQuarters: day.roomQuarters - own.length };
}

/** An item's sets written as a whole, on condition that they are as they were read: what one update cannot take out and add at once. */
function swap({ sets, was, out, in: into, entry }: Half): Omit<Write, 'key'> & { update: string } {
  const set = ['#in = :entry'];
  const gone = ['#out'];
  const values: Record<string, unknown> = { ':entry': entry };
  const conditions: Condition[] = [condition('entered', 'attribute_exists(#out) AND attribute_not_exists(#in)')];
  for (const [name, next] of Object.entries(sets)) {
    if (next.size > 0) {
      set.push(`${name} = :${name}`);
      values[`:${name}`] = next;
    } else gone.push(name);
    const before = was[name];
    if (before !== undefined) values[`:${name}Was`] = before;
    const same = before === undefined ? `attribute_not_exists(${name})` : `${name} = :${name}Was`;
    conditions.push(condition(`${name} as read`, same));
  }
  return {
    update: `SET ${set.join(', ')} REMOVE ${gone.join(', ')}`,
    names: { '#in': entryAttribute(into), '#out': entryAttribute(out) },
    values,
    conditions,
  };
}

/** On the sheet of the room, or of what comes with it: the old stretch out, the new one in. Refuses `closed`, `slot-taken`. */
function sheetWrite(by: Authorized, { from, to, why }: MoveInDay, resourceId: RoomId, item: RawItem): Write {
  const isMain = resourceId === to.roomId;
  const buffersOf = (wanted: BufferQuarters | undefined) => (isMain ? (wanted ?? NO_BUFFERS) : NO_BUFFERS);
  const left = sheetWithout(parsedItem(roomDayItem, item), { ...from, buffers: buffersOf(from.buffers) });
  const next = stretchQuarters(to.entry.startsAt, to.entry.endsAt, buffersOf(to.buffers));
  const facts = { roomId: resourceId, date: to.date };
  if (next.own.some((quarter) => left.closed.has(quarter))) throw refuse('closed', facts);
  if (!fits(left, to.entry.startsAt, to.entry.endsAt, buffersOf(to.buffers))) throw refuse('slot-taken', facts);
  const sets = { busy: more(left.busy, next.own), pre: more(left.pre, next.pre), post: more(left.post, next.post) };
  const entry = encodeRoomEntry(isMain ? storedEntry(to) : pointerTo(to.roomId, to.entry));
  const write = swap({ sets, was: item, out: from.bookingId, in: to.bookingId, entry });
  const { closed } = item;
  return {
    ...write,
    key: roomDayKey(by, resourceId, to.date),
    update: `SET gone = :gone, ${write.update.slice('SET '.length)}`,
    values: {
      ...write.values,
      ':gone': encodeClaimEnd({ bookingId: from.bookingId, ...why }),
      ...(closed ? { ':closed': closed } : {}),
    },
    conditions: [
      ...(write.conditions ?? []),
      condition('closed as read', closed ? 'closed = :closed' : 'attribute_not_exists(closed)'),
    ],
  };
}

/** The same on the person's day. Refuses `person-busy`, `daily-limit`. */
function dayWrite(by: Authorized, { from, to, personId }: MoveInDay, item: RawItem, mostQuarters: number): Write {
  const day = parsedItem(agendaDayItem, item);
  const left = dayWithout(day, from);
  const next = quartersBetween(to.entry.startsAt, to.entry.endsAt);
  const roomQuarters = left.roomQuarters + next.length;
  const facts = { personId, date: to.date };
  if (next.some((quarter) => left.busy.has(quarter))) throw refuse('person-busy', facts);
  if (roomQuarters > mostQuarters) throw refuse('daily-limit', { ...facts, limitMinutes: mostQuarters * 15 });
  const counted = day.entries[from.bookingId]?.charges;
  const { startsAt, endsAt } = to.entry;
  const entry = encodeAgendaEntry({ startsAt, endsAt, of: to.roomId, ...(counted ? { charges: counted } : {}) });
  const write = swap({
    sets: { busy: more(left.busy, next) },
    was: item,
    out: from.bookingId,
    in: to.bookingId,
    entry,
  });
  return {
    ...write,
    key: agendaDayKey(by, personId, to.date),
    update: `SET roomQuarters = :quarters, ${write.update.slice('SET '.length)}`,
    values: { ...write.values, ':quarters': roomQuarters, ':quartersWere': day.roomQuarters },
    conditions: [...(write.conditions ?? []), condition('room time as read', 'roomQuarters = :quartersWere')],
  };
}

const runOutOn = (by: Authorized, sheet: RawItem | undefined): string[] => {
  const { entries } = parsedItem(roomDayItem, sheet ?? {});
  return lapsedIn(by, Object.values(entries));
};

const ROUNDS = 6;

/**
 * Moves a booking of a room to another time of the same date: the old stretch goes with the very write that takes the new one, on the
 * room, what comes with it, and the person's day, so the two may overlap and nothing is ever lost in between. Orders that decide about
 * them change in the same transaction. Repeated, it changes nothing. Refuses `slot-taken`, `closed`, `person-busy`, `daily-limit`; `occurrence-over` when the old booking is gone.
 */
export async function moveInDay(by: Authorized, move: MoveInDay): Promise<void> {
  const { from, to, personId } = move;
  const resources = [to.roomId, ...(to.entry.with ?? [])];
  const mostQuarters = roomQuartersOf(await readCityRules(by));
  return again(ROUNDS, async () => {
    const items = await getMany([
      ...resources.map((resourceId) => roomDayKey(by, resourceId, to.date)),
      agendaDayKey(by, personId, to.date),
    ]);
    if (items[0]?.[entryAttribute(to.bookingId)]) return;
    const sheets = items.slice(0, -1);
    const day = items.at(-1);
    if (!day || sheets.some((sheet) => !sheet?.[entryAttribute(from.bookingId)])) throw refuse('occurrence-over');
    try {
      await transact([
        ...resources.map((resourceId, index) => sheetWrite(by, move, resourceId, sheets[index] ?? {})),
        dayWrite(by, move, day, mostQuarters),
        ...move.orders,
      ]);
      return;
    } catch (error) {
      // Holds in the way whose time is over give way to whoever meets them.
      const isTaken = isRefusal(error, 'slot-taken');
      const isFree =
        isTaken &&
        (await lapseHolds(
          by,
          sheets.flatMap((sheet) => runOutOn(by, sheet)),
        )) > 0;
      if (!isFree && !isRefusal(error, 'changed-meanwhile')) throw error;
      return retry;
    }
  });
}
