import type { Authorized } from '../../access/authorize.ts';
import type { BookingId, PersonId } from '../../contracts/common.ts';
import { quartersBetween } from '../../kernel/days.ts';
import { refuse } from '../../kernel/refusal.ts';
import type { RawItem } from '../../table/conditions.ts';
import { type Outcome, put, transact, update, type Write } from '../../table/write.ts';
import type { CounterCharge } from '../items/counter.ts';
import { type AgendaEntry, encodeAgendaEntry, entryAttribute, NO_BUFFERS } from '../items/day-sheet.ts';
import { type BoundedCharge, chargeWrite } from '../price/counters.ts';
import { claimWrite, touches } from './day-write.ts';
import { agendaDayKey } from './keys.ts';

export type AgendaClaim = {
  readonly personId: PersonId;
  readonly date: string;
  readonly bookingId: BookingId;
  readonly entry: AgendaEntry;
  /** For room bookings: at most so many quarter-hours of room time for one person and day. */
  readonly roomQuartersLimit?: number;
  /** What it counts against, each with its bound. */
  readonly charges?: readonly BoundedCharge[];
};

const plainCharge = ({ of, id, amount, pricedQuarters }: BoundedCharge): CounterCharge => ({
  of,
  id,
  amount,
  ...(pricedQuarters ? { pricedQuarters } : {}),
});

/** The write on the person's day, and those on the counters that move with it. */
export function agendaWrites(
  by: Authorized,
  claim: AgendaClaim,
): [Write & { update: string }, ...(Write & { update: string })[]] {
  const own = quartersBetween(claim.entry.startsAt, claim.entry.endsAt);
  const limit = claim.roomQuartersLimit;
  const charges = claim.charges ?? [];
  const entry = charges.length > 0 ? { ...claim.entry, charges: charges.map(plainCharge) } : claim.entry;
  const day = claimWrite({
    key: agendaDayKey(by, claim.personId, claim.date),
    is: 'agenda-day',
    id: claim.bookingId,
    entry,
    stored: encodeAgendaEntry(entry),
    buffers: NO_BUFFERS,
    ...(limit ? { counted: { attribute: 'roomQuarters', limit } } : {}),
    meaning: (item) => {
      if (item && entryAttribute(claim.bookingId) in item) return 'done';
      const facts = { personId: claim.personId, date: claim.date };
      if (touches(item, 'busy', own)) return refuse('person-busy', facts);
      return refuse('daily-limit', { ...facts, limitMinutes: (limit ?? 0) * 15 });
    },
  });
  return [day, ...charges.map((charge) => chargeWrite(by, charge))];
}

/**
 * Takes a stretch of a person's own day: nobody is in two places at once; what it counts against moves with it. `done` when this
 * booking already holds it. Refuses `person-busy`, `daily-limit`, `quota-exceeded` or `pass-empty`.
 */
export function claimAgenda(by: Authorized, claim: AgendaClaim): Promise<Outcome> {
  const [day, ...counters] = agendaWrites(by, claim);
  return counters.length === 0 ? update(day) : transact([day, ...counters]);
}

/**
 * Takes the person's day, then keeps the `Idempotency-Key` to this request. The day first: of many at once under one key it lets one
 * pass, and who is refused by it leaves no record. Refuses as {@link claimAgenda} and `requestWrite` do; after a refusal by the record
 * the day is held, and is given back with the claim that it belongs to.
 */
export async function claimAgendaFor(
  by: Authorized,
  claim: AgendaClaim,
  request: (Write & { item: RawItem }) | undefined,
): Promise<void> {
  await claimAgenda(by, claim);
  if (request) await put(request);
}
