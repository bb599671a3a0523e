import type { Authorized } from '../../access/authorize.ts';
import type { PersonId, SessionId } from '../../contracts/common.ts';
import { keys } from '../../table/keys.ts';
import { getMany, parsedItem, queryAll } from '../../table/read.ts';
import { type WaitDecision, waitDecision } from '../items/session.ts';
import { type WaitItem, waitItem } from '../items/wait.ts';

/** What a person has asked to wait for, ended or not. */
export const readWaitsOfPerson = (by: Authorized, personId: PersonId): Promise<WaitItem[]> =>
  queryAll({ pk: keys.booking.agenda(by.tenantId, personId), begins: 'WAIT#' }, waitItem);

/** Who stands behind the leads of a session's queue, in their order; one call for each hundred. */
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
