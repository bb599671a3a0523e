/** What other modules may use of closures: which of them stand in the way of a session that is to be published. */
import type { Authorized } from '../../shared/access/authorize.ts';
import type { SessionItem } from '../../shared/booking/items/session.ts';
import type { CenterId } from '../../shared/contracts/common.ts';
import type { ClosureItem } from './items.ts';
import { shutsSession } from './shutting/rules.ts';
import { readClosures } from './store/closures.ts';

/** The closures of a center that have not been lifted. */
export async function readClosuresInForce(by: Authorized, centerId: CenterId): Promise<ClosureItem[]> {
  const all = await readClosures(by, centerId);
  return all.filter(({ status }) => status !== 'lifting' && status !== 'lifted');
}

/** The closure, of these, that shuts this session's day, or something that it takes at its time. */
export const closureOver = (
  closures: readonly ClosureItem[],
  session: Pick<SessionItem, 'sessionId' | 'date' | 'startsAt' | 'endsAt' | 'roomId' | 'with'>,
): ClosureItem | undefined =>
  closures.find(({ what, centerId }) => what.kind !== 'session' && shutsSession(what, centerId, session, false));
