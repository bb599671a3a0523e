import { anyone } from '../../shared/access/authorize.ts';
import { readSession } from '../../shared/booking/facts/sessions.ts';
import { publicSession } from '../../shared/booking/items/session.ts';
import type { CenterId, Service, SessionId } from '../../shared/contracts/common.ts';
import type { Session } from '../../shared/contracts/sessions.ts';
import type { RequestContext } from '../../shared/http/context.ts';
import { refuse } from '../../shared/kernel/refusal.ts';
import { readSessionsOfCenter } from './store.ts';

/** What a center offers in the coming days, for everybody to see; nobody's name is in it. */
export async function listSessions(
  context: RequestContext,
  centerId: CenterId,
  { from, days, service }: { from: string; days: number; service?: Service | undefined },
): Promise<Session[]> {
  const sessions = await readSessionsOfCenter(anyone(context), centerId, from, days);
  return sessions.filter((session) => service === undefined || session.service === service).map(publicSession);
}

/** One session. Refuses `not-found`. */
export async function readOneSession(context: RequestContext, sessionId: SessionId): Promise<Session> {
  const session = await readSession(anyone(context), sessionId);
  if (!session) throw refuse('not-found');
  return publicSession(session);
}
