import type { Authorized } from '../access/authorize.ts';
import { quartersBetween } from '../kernel/days.ts';
import { type Refusal, refuse } from '../kernel/refusal.ts';
import { type Condition, condition, type RawItem } from '../table/conditions.ts';
import { type Key, keys } from '../table/keys.ts';
import { type Outcome, put, transact, update, type Write } from '../table/write.ts';
import { type AgendaEntry, entryAttribute, type RoomEntry } from './day-sheet.ts';

type Claim = {
  readonly key: Key;
  readonly is: 'room-day' | 'agenda-day';
  readonly id: string;
  readonly entry: RoomEntry | AgendaEntry;
  /** Quarter-hours that must be free; the entry's own and, for a room, those of the buffers around it. */
  readonly mustBeFree: readonly number[];
  readonly counted?: { readonly attribute: 'roomQuarters'; readonly limit: number };
  readonly meaning: (item: RawItem | undefined) => Refusal | 'done';
};

/** The one conditional update that is a claim on a day sheet (law 2): every quarter-hour free, then all of them taken. */
function claimWrite({ key, is, id, entry, mustBeFree, counted, meaning }: Claim): Write & { update: string } {
  const own = quartersBetween(entry.s, entry.e);
  const values: Record<string, unknown> = { ':entry': entry, ':own': new Set(own), ':is': is };
  const conditions: Condition[] = [condition('not yet entered', 'attribute_not_exists(#entry)')];
  for (const quarter of mustBeFree) {
    values[`:q${quarter}`] = quarter;
    conditions.push(condition(`quarter ${quarter} is free`, `NOT contains(busy, :q${quarter})`));
  }
  let add = 'busy :own';
  if (counted) {
    values[':count'] = own.length;
    values[':most'] = counted.limit - own.length;
    add += `, ${counted.attribute} :count`;
    const within = `attribute_not_exists(${counted.attribute}) OR ${counted.attribute} <= :most`;
    conditions.push(condition('within the daily limit', within));
  }
  return {
    key,
    update: `SET #entry = :entry, #is = :is ADD ${add}`,
    names: { '#entry': entryAttribute(id), '#is': 'is' },
    values,
    conditions,
    meaning,
  };
}

function releaseWrite(
  key: Key,
  id: string,
  entry: { s: string; e: string },
  counted: boolean,
): Write & { update: string } {
  const own = quartersBetween(entry.s, entry.e);
  return {
    key,
    update: `REMOVE #entry DELETE busy :own${counted ? ' ADD roomQuarters :back' : ''}`,
    names: { '#entry': entryAttribute(id) },
    values: { ':own': new Set(own), ...(counted ? { ':back': -own.length } : {}) },
    conditions: [condition('entered', 'attribute_exists(#entry)')],
    // Not there: it was released before. A release done twice changes nothing.
    meaning: () => 'done',
  };
}

const entryIn = (item: RawItem | undefined, id: string): Record<string, unknown> | undefined =>
  item?.[entryAttribute(id)] as Record<string, unknown> | undefined;

const touches = (item: RawItem | undefined, quarters: readonly number[]): boolean => {
  const taken = item?.['busy'];
  return taken instanceof Set && quarters.some((quarter) => taken.has(quarter));
};

/** What a room booking asks for: the entry, and how many quarter-hours around it must be free of others' bookings. */
export type RoomClaim = {
  readonly roomId: string;
  readonly date: string;
  readonly bookingId: string;
  readonly entry: RoomEntry;
  readonly bufferQuarters: number;
};

/**
 * Takes a stretch of a room's day. `done` when this very booking already holds it (a replay). Refuses `slot-taken`, or
 * `idempotency-key-reused` when the same booking id holds another request.
 *
 * Buffers: only bookings stand in `busy`. A booking needs the quarter-hours of the larger of the room's two buffers on both sides to
 * be free of bookings; so buffers may overlap each other, and never a booking.
 */
export function claimRoom(by: Authorized, claim: RoomClaim): Promise<Outcome> {
  const { s, e, h } = claim.entry;
  const own = quartersBetween(s, e);
  const first = Math.max(0, (own[0] ?? 0) - claim.bufferQuarters);
  const last = Math.min(95, (own.at(-1) ?? 0) + claim.bufferQuarters);
  const mustBeFree = Array.from({ length: last - first + 1 }, (_, index) => first + index);
  return update(
    claimWrite({
      key: keys.roomDay(by.tenantId, claim.roomId, claim.date),
      is: 'room-day',
      id: claim.bookingId,
      entry: claim.entry,
      mustBeFree,
      meaning: (item) => {
        const held = entryIn(item, claim.bookingId);
        if (held) return held['h'] === h ? 'done' : refuse('idempotency-key-reused');
        return refuse('slot-taken', { roomId: claim.roomId, date: claim.date });
      },
    }),
  );
}

export function releaseRoom(
  by: Authorized,
  claim: { roomId: string; date: string; bookingId: string; startsAt: string; endsAt: string },
): Promise<Outcome> {
  const key = keys.roomDay(by.tenantId, claim.roomId, claim.date);
  return update(releaseWrite(key, claim.bookingId, { s: claim.startsAt, e: claim.endsAt }, false));
}

export type AgendaClaim = {
  readonly personId: string;
  readonly date: string;
  readonly bookingId: string;
  readonly entry: AgendaEntry;
  /** For room bookings: at most so many quarter-hours of room time for one person and day. */
  readonly roomQuartersLimit?: number;
};

function agendaWrite(by: Authorized, claim: AgendaClaim): Write & { update: string } {
  const own = quartersBetween(claim.entry.s, claim.entry.e);
  const limit = claim.roomQuartersLimit;
  return claimWrite({
    key: keys.agendaDay(by.tenantId, claim.personId, claim.date),
    is: 'agenda-day',
    id: claim.bookingId,
    entry: claim.entry,
    mustBeFree: own,
    ...(limit ? { counted: { attribute: 'roomQuarters', limit } } : {}),
    meaning: (item) => {
      if (entryIn(item, claim.bookingId)) return 'done';
      const facts = { personId: claim.personId, date: claim.date };
      if (touches(item, own)) return refuse('person-busy', facts);
      return refuse('daily-limit', { ...facts, limitMinutes: (limit ?? 0) * 15 });
    },
  });
}

/**
 * Takes a stretch of a person's own day: nobody is in two places at once. `done` when this booking already holds it. Refuses
 * `person-busy` or `daily-limit`.
 */
export function claimAgenda(by: Authorized, claim: AgendaClaim): Promise<Outcome> {
  return update(agendaWrite(by, claim));
}

/**
 * Takes the people's days together with the record of the request, in one transaction of calm items: either this request holds them
 * under its `Idempotency-Key`, or nobody's day has changed. Refuses as {@link claimAgenda} and `requestWrite` do. The claims are
 * of different people or dates: a transaction takes an item once.
 */
export async function claimAgendasFor(
  by: Authorized,
  claims: readonly AgendaClaim[],
  request: Write & { item: RawItem },
): Promise<void> {
  const { outcome } = await transact([...claims.map((claim) => agendaWrite(by, claim)), request]);
  if (outcome === 'fresh') return;
  // Part of it had been done by a first try or by the stream, so the transaction did nothing: each on its own, all repeatable.
  await Promise.all([...claims.map((claim) => claimAgenda(by, claim)), put(request)]);
}

export function releaseAgenda(
  by: Authorized,
  claim: { personId: string; date: string; bookingId: string; startsAt: string; endsAt: string; ofRoom: boolean },
): Promise<Outcome> {
  const key = keys.agendaDay(by.tenantId, claim.personId, claim.date);
  return update(releaseWrite(key, claim.bookingId, { s: claim.startsAt, e: claim.endsAt }, claim.ofRoom));
}
