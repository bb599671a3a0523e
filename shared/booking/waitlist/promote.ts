import type { Authorized } from '../../access/authorize.ts';
import type { PersonId, SessionId } from '../../contracts/common.ts';
import { again, retry } from '../../kernel/again.ts';
import { epochSeconds } from '../../kernel/clock.ts';
import { CIVIL_ZONE, civilNow, instantOf, quartersBetween } from '../../kernel/days.ts';
import { bookingIdFor, derivedId } from '../../kernel/ids.ts';
import { getMany } from '../../table/read.ts';
import { decideInWaitlist } from '../claim/waitlist.ts';
import { agendaDayFactFrom, agendaDayFactKey } from '../facts/days.ts';
import { readSession } from '../facts/sessions.ts';
import { readLeads, readWaitsOfSession } from '../facts/waitlist.ts';
import type { Seat, SessionItem, WaitDecision } from '../items/session.ts';
import type { WaitItem } from '../items/wait.ts';
import { type Turn, turnsOf, waitingIn } from '../items/waitlist.ts';
import { type Hold, openOrder } from '../order/order.ts';
import type { Pricing } from '../price/pricing.ts';
import { rowOfSeat } from '../row/booking-row.ts';
import { writeRow } from '../row/rows.ts';
import { nextDecision, offerUntil, type WaitingParty } from './rules.ts';

/** Parties looked at for one decision; those behind wait for the next. */
const LOOKED_AT = 15;
/** Decisions of one call; the record of the last one brings the next call. */
const DECISIONS_A_CALL = 20;
export const OFFER_MINUTES = 30;
/** Tries of one decision. Each has to die with its function, and its hold to run out, before the next is made. */
export const OFFER_TRIES = 20;

/** By what an offer is made: for how long, by what its offering says, and what it costs the party. */
export type OfferTerms = { readonly minutes: number | undefined; readonly pricing: Pricing };

type Waiting = {
  readonly turn: Turn;
  readonly inLine: WaitingParty;
  readonly entry: WaitItem | undefined;
};

/**
 * Offers free places of a session to those who wait, one decision after another, each one conditional write on the session: places
 * taken, party out of the line, decision recorded, all or nothing. It looks at the session as it stands and decides by
 * {@link nextDecision}, so being woken twice, late or by two at a time changes nothing. Refuses `try-again` when every try of an
 * offer has died: the line stays as it is, nobody is passed, and whoever woke this is told of the failure.
 */
export async function promote(
  by: Authorized,
  sessionId: SessionId,
  termsOf: (session: SessionItem, party: readonly string[]) => Promise<OfferTerms>,
): Promise<number> {
  let offered = 0;
  for (let round = 0; round < DECISIONS_A_CALL; round += 1) {
    const session = await readSession(by, sessionId);
    if (!session || waitingIn(session) === 0 || session.status !== 'open') return offered;
    const starts = Math.floor(instantOf(session.date, session.startsAt).getTime() / 1_000);
    if (starts <= epochSeconds(by.now)) return offered;
    const free = session.capacity - session.taken;
    if (free <= 0) return offered;
    const line = await readWaiting(by, session);
    const next = nextDecision(
      free,
      line.map(({ inLine }) => inLine),
    );
    const asked = next && line[next.index];
    if (!next || !asked) return offered;
    const { lead, size } = asked.inLine;
    const number = session.decisions + 1;
    const decision: WaitDecision = {
      number,
      at: by.now.toISOString(),
      free,
      lead,
      size,
      what: next.what,
      ...(next.why ? { why: next.why } : {}),
      skipped: next.skipped,
    };
    const { entry, turn } = asked;
    if (next.what === 'dropped' || !entry) {
      await decideInWaitlist(by, session, turn, { ...decision, what: 'dropped' }, {});
      continue;
    }
    const civil = civilNow(by.now, CIVIL_ZONE);
    const { minutes = OFFER_MINUTES, pricing } = await termsOf(session, entry.party);
    const untilEpochSeconds = offerUntil({ ...civil, epochSeconds: epochSeconds(by.now) }, minutes, starts);
    if (await offer(by, session, turn, decision, entry, { for: 'offer', untilEpochSeconds }, pricing)) offered += 1;
  }
  return offered;
}

/** The head of the line: each party with who stands behind it, and whether all of them are free at that time. */
async function readWaiting(by: Authorized, session: SessionItem): Promise<Waiting[]> {
  const { sessionId, seats, date, startsAt, endsAt } = session;
  const heads = await readLeads(by, session, turnsOf(session).slice(0, LOOKED_AT));
  const leads = heads.map(({ lead }) => lead);
  const entries = await readWaitsOfSession(by, sessionId, leads);
  const people = [...new Set(entries.flatMap((entry) => entry?.party ?? []))];
  const days = await getMany(people.map((personId) => agendaDayFactKey(by.tenantId, personId, date)));
  const own = quartersBetween(startsAt, endsAt);
  const busy = new Set(
    people.filter((_, index) => {
      const day = agendaDayFactFrom(days[index]);
      return day && own.some((quarter) => day.busy.has(quarter));
    }),
  );
  return heads.map(({ lead, turn }, index) => {
    const { size } = turn;
    const entry = entries[index];
    const gone = !entry
      ? ('no-entry' as const)
      : entry.party.some((id) => seats[id])
        ? ('has-a-place' as const)
        : undefined;
    const isBusy = entry?.party.some((personId) => busy.has(personId)) ?? false;
    return { turn, entry, inLine: { lead, size, ...(gone ? { gone } : {}), busy: isBusy } };
  });
}

/**
 * Opens the order that holds the places, then decides. An order whose decision was not taken holds nothing: the next try for the same
 * decision finds it, or its time runs out. Refuses `try-again` after {@link OFFER_TRIES}.
 */
async function offer(
  by: Authorized,
  session: SessionItem,
  turn: Turn,
  decision: WaitDecision,
  { actorId, byStaff, requestHash, party, payWith }: WaitItem,
  hold: Hold,
  { seatPart, family }: Pricing,
): Promise<boolean> {
  const { sessionId, date, endsAt } = session;
  const { lead, number } = decision;
  const order = await again(OFFER_TRIES, async (round) => {
    const orderId = derivedId('o', by.tenantId, 'offer', sessionId, lead, String(number), String(round));
    const bookingOf = (personId: PersonId) => bookingIdFor(date, by.tenantId, orderId, personId);
    const places = party.map((personId) => ({ sessionId, personId, bookingId: bookingOf(personId), endsAt }));
    const agreed = {
      ...(byStaff ? { reason: byStaff } : {}),
      ...(family ? { family } : {}),
      ...(payWith ? { payWith } : {}),
    };
    const opened = await openOrder(
      by,
      { orderId, actorId, requestHash, createdAt: decision.at, places, ...agreed },
      hold,
    );
    // A try whose function died long ago has run out by now: its order is over, and the next round opens another.
    return opened.status === 'held' ? opened : retry;
  });
  const { orderId, createdAt, places, dueAtEpochSeconds = hold.untilEpochSeconds } = order;
  const seats = Object.fromEntries(
    places.map(({ personId, bookingId }): [string, Seat] => [
      personId,
      {
        bookingId,
        actorId,
        bookedAt: createdAt,
        requestHash,
        ...seatPart(session, personId),
        ...(byStaff ? { staffReason: byStaff } : {}),
        orderId,
        heldUntilEpochSeconds: dueAtEpochSeconds,
      },
    ]),
  );
  if (!(await decideInWaitlist(by, session, turn, { ...decision, orderId }, seats))) return false;
  for (const [personId, seat] of Object.entries(seats)) await writeRow(by, rowOfSeat(session, personId, seat, order));
  return true;
}
