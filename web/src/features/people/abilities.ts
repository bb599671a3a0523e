import { type Ability, abilitiesOf } from '../../../../shared/access/abilities.ts';
import type { Me } from '../../../../shared/contracts/people.ts';

/** What the signed-in person may do, by the rules the server uses; here only to show what one may do. The server still decides. */
export function abilitiesOfMe(me: Me): Ability {
  const others = me.actsFor.flatMap(({ personId, as }) => (as === 'self' ? [] : [[personId, { as }] as const]));
  return abilitiesOf({
    // One page serves one city: the server takes the tenant from the token.
    tenantId: 'this',
    personId: me.person.personId,
    actsFor: Object.fromEntries(others),
    posts: Object.fromEntries(me.posts.map((post) => [post.postId, post])),
  });
}
