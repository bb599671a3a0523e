import type * as z from 'zod';
import { may } from '../../../shared/access/abilities.ts';
import { authorized, isKeptFrom } from '../../../shared/access/authorize.ts';
import { readSessionsById, sessionFactKey } from '../../../shared/booking/facts/sessions.ts';
import { findInWaitlist, readWaitDecisions, readWaitsOfPerson } from '../../../shared/booking/facts/waitlist.ts';
import { publicSession, type SessionItem } from '../../../shared/booking/items/session.ts';
import type { WaitItem } from '../../../shared/booking/items/wait.ts';
import { placeOfTurn, type Turn, waitingIn } from '../../../shared/booking/items/waitlist.ts';
import { publicBooking } from '../../../shared/booking/row/booking-row.ts';
import type { orderAnswer } from '../../../shared/contracts/checkout.ts';
import type { PersonId, SessionId } from '../../../shared/contracts/common.ts';
import type { Waiting, waitDecisionView } from '../../../shared/contracts/waitlist.ts';
import type { RequestContext } from '../../../shared/http/context.ts';
import { addDays } from '../../../shared/kernel/days.ts';
import { refuse } from '../../../shared/kernel/refusal.ts';
import { centerOf, sessionIdFor } from '../../../shared/table/keys.ts';
import type { Booked } from '../booking/commands.ts';
import { oddsOf } from '../rules.ts';

/** What a booking request brought, as it leaves the system. */
export function orderAnswerOf({ orderId, rows, waited }: Omit<Booked, 'replayed'>): z.input<typeof orderAnswer> {
  const bookings = rows.map(publicBooking);
  if (!waited) return { orderId, bookings };
  const { sessionId, party, number, position } = waited;
  const [personId = ''] = party;
  const waiting: Waiting = {
    sessionId,
    personId,
    party: [...party],
    ...(number ? { number } : {}),
    position,
    inLine: position,
    odds: 'unknown',
  };
  return { orderId, bookings, waiting };
}

/** Weeks looked back on for the odds. */
const WEEKS_BACK = 4;

/** How many places were given back, on average, in the same session of the weeks before; `undefined` when there was none. */
function freedBefore(earlier: readonly (SessionItem | undefined)[]): number | undefined {
  const known = earlier.filter((item) => item !== undefined);
  if (known.length === 0) return undefined;
  return known.reduce((sum, { freed }) => sum + freed, 0) / known.length;
}

const earlierIds = ({ offeringId, date, startsAt }: SessionItem): string[] =>
  Array.from({ length: WEEKS_BACK }, (_, week) => sessionIdFor(offeringId, addDays(date, -7 * (week + 1)), startsAt));

type OwnWait = { readonly entry: WaitItem; readonly session: SessionItem; readonly turn: Turn };

function waitingOf({ entry, session, turn }: OwnWait, earlier: readonly (SessionItem | undefined)[]): Waiting {
  const { position, peopleAhead } = placeOfTurn(session, turn);
  return {
    sessionId: entry.sessionId,
    personId: entry.lead,
    party: entry.party,
    ...(entry.number ? { number: entry.number } : {}),
    position,
    inLine: waitingIn(session),
    odds: oddsOf(peopleAhead + entry.party.length, freedBefore(earlier)),
    ...(entry.payWith ? { payWith: entry.payWith } : {}),
    session: publicSession(session),
  };
}

/** Where oneself and everyone one may act for stand in line, as the sessions say at this moment. */
export async function listOwnWaits(context: RequestContext): Promise<Waiting[]> {
  const { by } = await authorized(context);
  const people = [by.actor.personId, ...Object.keys(by.access.actsFor)];
  const mine = people.filter((personId) => may(by.ability, 'read', 'Person', { personId }));
  const entries = await Promise.all(mine.map((personId) => readWaitsOfPerson(by, personId)));
  const open = entries.flat().filter(({ ended }) => ended === undefined);
  const sessions = await readSessionsById(
    by,
    open.map(({ sessionId }) => sessionId),
  );
  const inLine = await Promise.all(
    open.map(async (entry): Promise<OwnWait | undefined> => {
      const session = sessions.get(entry.sessionId);
      const turn = session && (await findInWaitlist(by, session, entry.lead, entry.number));
      return session && turn && { entry, session, turn };
    }),
  );
  const stored = inLine.filter((one) => one !== undefined);
  const earlier = await readSessionsById(
    by,
    stored.flatMap(({ session }) => earlierIds(session)),
  );
  return stored.map((one) =>
    waitingOf(
      one,
      earlierIds(one.session).map((id) => earlier.get(id)),
    ),
  );
}

/** The decisions of a session's waitlist, the first one first. Who it was is for the staff of its center only. Refuses `not-found`. */
export async function waitDecisions(
  context: RequestContext,
  sessionId: SessionId,
): Promise<z.input<typeof waitDecisionView>[]> {
  const { by, items } = await authorized(context, [sessionFactKey(context.tenantId, sessionId)]);
  if (!items[0]) throw refuse('not-found');
  const staff = may(by.ability, 'staff', 'Desk', { centerId: centerOf(sessionId) });
  const decisions = await readWaitDecisions(by, sessionId);
  const who = (personId: PersonId) => (staff && !isKeptFrom(by, personId) ? { personId } : {});
  return decisions.map(({ number, at, free, what, why, lead, size, skipped }) => ({
    number,
    at,
    free,
    what,
    ...(why ? { why } : {}),
    size,
    ...who(lead),
    skipped: skipped.map((one) => ({ size: one.size, why: one.why, ...who(one.lead) })),
  }));
}
