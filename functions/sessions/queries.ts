import type * as z from 'zod';
import { anyone } from '../../shared/access/authorize.ts';
import { readListedSession } from '../../shared/booking/facts/sessions.ts';
import { publicSession } from '../../shared/booking/items/session.ts';
import type { CenterId, SessionId } from '../../shared/contracts/common.ts';
import type { Session, sessionsPageQuery } from '../../shared/contracts/sessions.ts';
import type { RequestContext } from '../../shared/http/context.ts';
import { refuse } from '../../shared/kernel/refusal.ts';
import { openCursor, sealCursor } from '../../shared/table/cursors.ts';
import { readSessionsPage } from './store.ts';

/**
 * What a center offers in the coming days, for everybody to see, a page at a time; nobody's name is in it. A service is picked out of each
 * page. Refuses `invalid-cursor`.
 */
export async function listSessions(
  context: RequestContext,
  centerId: CenterId,
  { from, days, service, cursor, limit }: z.output<typeof sessionsPageQuery>,
): Promise<{ sessions: Session[]; nextCursor?: string }> {
  const by = anyone(context);
  const scope = `sessions ${by.tenantId} ${centerId} ${from} ${days}`;
  const after = await openCursor(cursor, scope);
  const { sessions, last } = await readSessionsPage(by, centerId, { from, days, limit, after });
  const nextCursor = await sealCursor(last, scope);
  return {
    sessions: sessions.filter((session) => service === undefined || session.service === service).map(publicSession),
    ...(nextCursor ? { nextCursor } : {}),
  };
}

/** One session. Refuses `not-found`. */
export async function readOneSession(context: RequestContext, sessionId: SessionId): Promise<Session> {
  const session = await readListedSession(anyone(context), sessionId);
  if (!session) throw refuse('not-found');
  return publicSession(session);
}
