import type { Authorized } from '../../access/authorize.ts';
import type { BookingId, PersonId } from '../../contracts/common.ts';
import { quartersBetween } from '../../kernel/days.ts';
import { isRefusal, refuse } from '../../kernel/refusal.ts';
import type { RawItem } from '../../table/conditions.ts';
import { type Outcome, put, transact, update, type Write } from '../../table/write.ts';
import type { CounterCharge } from '../items/counter.ts';
import { type AgendaEntry, encodeAgendaEntry, entryAttribute, NO_BUFFERS } from '../items/day-sheet.ts';
import { type BoundedCharge, chargeWrite, countWrite } from '../price/counters.ts';
import { claimWrite, touches } from './day-write.ts';
import { agendaDayKey } from './keys.ts';

export type AgendaClaim = {
  readonly personId: PersonId;
  readonly date: string;
  readonly bookingId: BookingId;
  readonly entry: AgendaEntry;
  /** For room bookings: at most so many quarter-hours of room time for one person and day. */
  readonly roomQuartersLimit?: number;
  /** What it counts against, each with its bound: in one transaction with the day. */
  readonly charges?: readonly BoundedCharge[];
  /** What it counts against by name, right after the day. */
  readonly named?: readonly BoundedCharge[];
};

const plainCharge = ({ of, id, amount, pricedQuarters }: BoundedCharge): CounterCharge => ({
  of,
  id,
  amount,
  ...(pricedQuarters ? { pricedQuarters } : {}),
});

/** The entry as it is stored: with what it counts against, so that exactly that is given back. */
export function countedEntry({ entry, charges = [], named = [], bookingId }: AgendaClaim): AgendaEntry {
  const counted = [
    ...charges.map(plainCharge),
    ...named.map((charge) => ({ ...plainCharge(charge), countedAs: bookingId })),
  ];
  return counted.length > 0 ? { ...entry, charges: counted } : entry;
}

/** The write on the person's day, and those on the counters that move with it. */
export function agendaWrites(
  by: Authorized,
  claim: AgendaClaim,
): [Write & { update: string }, ...(Write & { update: string })[]] {
  const own = quartersBetween(claim.entry.startsAt, claim.entry.endsAt);
  const limit = claim.roomQuartersLimit;
  const charges = claim.charges ?? [];
  const entry = countedEntry(claim);
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

/** Takes a stretch of a person's own day, and what moves in one transaction with it; what counts by name is still to be counted. */
export function claimDay(by: Authorized, claim: AgendaClaim): Promise<Outcome> {
  const [day, ...counters] = agendaWrites(by, claim);
  return counters.length === 0 ? update(day) : transact([day, ...counters]);
}

/**
 * Takes a stretch of a person's own day: nobody is in two places at once; then counts it by name, and keeps the `Idempotency-Key` to its
 * `request`. The day first: of many at once it lets one pass, and who is refused by it has counted nothing and leaves no record. `done`
 * when this booking already holds the day. Refuses `person-busy`, `daily-limit`, `quota-exceeded`, `pass-empty`, and as `requestWrite`
 * does; after a refusal that is not the day's own the day is held, and is given back with the claim that it belongs to.
 */
export async function claimAgenda(
  by: Authorized,
  claim: AgendaClaim,
  request?: Write & { item: RawItem },
): Promise<Outcome> {
  const outcome = await claimDay(by, claim);
  const { named = [], bookingId } = claim;
  await toTheEnd([
    ...(request ? [put(request)] : []),
    ...named.map((charge) => update(countWrite(by, charge, bookingId))),
  ]);
  return outcome;
}

/** Waits for all, also when one fails: what is to be given back must not be on its way still. A refusal speaks before an error. */
async function toTheEnd(works: readonly Promise<unknown>[]): Promise<void> {
  const failed = (await Promise.allSettled(works)).flatMap((one) => (one.status === 'rejected' ? [one.reason] : []));
  if (failed.length > 0) throw failed.find((error) => isRefusal(error)) ?? failed[0];
}
