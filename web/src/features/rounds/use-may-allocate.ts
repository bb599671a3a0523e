import { may } from '../../../../shared/access/abilities.ts';
import type { CenterId } from '../../../../shared/contracts/common.ts';
import { abilitiesOfMe } from '../../entities/people/abilities.ts';
import { useMe } from '../../entities/people/me.ts';

/** Whether the signed-in person may open a round over sessions of a center, or of any; here only to show what one may do. */
export function useMayAllocate(): { somewhere: boolean; at: (centerId: CenterId) => boolean } {
  const me = useMe().data;
  const at = (centerId: CenterId) => me !== undefined && may(abilitiesOfMe(me), 'allocate', 'Round', { centerId });
  const own = me?.posts.flatMap((post) => (post.kind === 'center-staff' ? [post.centerId] : [])) ?? [];
  return { somewhere: at('*') || own.some(at), at };
}
