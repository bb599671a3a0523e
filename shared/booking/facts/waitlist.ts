import type { Authorized } from '../../access/authorize.ts';
import type { PersonId, SessionId } from '../../contracts/common.ts';
import { keys } from '../../table/keys.ts';
import { getMany, parsedItem, queryAll } from '../../table/read.ts';
import { type SessionItem, sessionItem, type WaitDecision, waitDecision } from '../items/session.ts';
import { type WaitItem, waitItem } from '../items/wait.ts';
import { blockOf, nameOf, partyOf, type Turn, turnOf, turnsOf, waitlistBlockItem } from '../items/waitlist.ts';

/** What a person has asked to wait for, ended or not. */
export const readWaitsOfPerson = (by: Authorized, personId: PersonId): Promise<WaitItem[]> =>
  queryAll({ pk: keys.booking.agenda(by.tenantId, personId), begins: 'WAIT#' }, waitItem);

/** A party in line, with who is asked for all of it. */
export type LeadOfTurn = { readonly turn: Turn; readonly lead: string };

/** Who stands at these places of a session's line; one call, and none where the session itself says it. */
export async function readLeads(
  by: Authorized,
  { sessionId }: Pick<SessionItem, 'sessionId'>,
  places: readonly Turn[],
): Promise<LeadOfTurn[]> {
  const filed = places.flatMap((turn) => (turn.in === 'block' ? blockOf(turn.number) : []));
  const items = await getMany(
    [...new Set(filed)].map((block) => keys.booking.waitlistBlock(by.tenantId, sessionId, block)),
  );
  const leads = new Map<number, string>();
  for (const item of items)
    for (const [element, number] of Object.entries(item ? parsedItem(waitlistBlockItem, item).parties : {}))
      leads.set(number, partyOf(element).lead);
  return places.map((turn) => {
    const lead = turn.in === 'block' ? leads.get(turn.number) : partyOf(turn.element).lead;
    if (!lead) throw new Error(`nobody stands behind number ${nameOf(turn)} of ${sessionId}`);
    return { turn, lead };
  });
}

/** A lead's place in the line; the `number` of their wait, where it is known, saves a look at all blocks. */
export async function findInWaitlist(
  by: Authorized,
  session: SessionItem,
  lead: string,
  number: number | undefined,
): Promise<Turn | undefined> {
  const known = turnOf(session, lead, number);
  if (known) return known;
  const filed = turnsOf(session).filter((turn) => turn.in === 'block');
  return (await readLeads(by, session, filed)).find((one) => one.lead === lead)?.turn;
}

/** Whether a party of this lead is in line. */
export async function isWaiting(by: Authorized, sessionId: SessionId, lead: string): Promise<boolean> {
  const wanted = [keys.booking.session(by.tenantId, sessionId), keys.booking.wait(by.tenantId, lead, sessionId)];
  const [rawSession, rawEntry] = await getMany(wanted);
  const entry = rawEntry && parsedItem(waitItem, rawEntry);
  return rawSession
    ? (await findInWaitlist(by, parsedItem(sessionItem, rawSession), lead, entry?.number)) !== undefined
    : false;
}

/** Who stands behind the leads of a session's line, in their order; one call for each hundred. */
export async function readWaitsOfSession(
  by: Authorized,
  sessionId: SessionId,
  leads: readonly string[],
): Promise<(WaitItem | undefined)[]> {
  const items = await getMany(leads.map((lead) => keys.booking.wait(by.tenantId, lead, sessionId)));
  return items.map((item) => item && parsedItem(waitItem, item));
}

/** The decisions of a session's waitlist, the first one first. */
export const readWaitDecisions = (by: Authorized, sessionId: SessionId): Promise<WaitDecision[]> =>
  queryAll({ pk: keys.booking.decisions(by.tenantId, sessionId) }, waitDecision);
