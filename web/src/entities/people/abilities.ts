import { type Ability, abilitiesOf, may } from '../../../../shared/access/abilities.ts';
import type { Me } from '../../../../shared/contracts/people.ts';

/** What the signed-in person may do, by the rules the server uses; here only to show what one may do. The server still decides. */
export function abilitiesOfMe(me: Me): Ability {
  const others = me.actsFor.flatMap(({ personId, as, rights }) =>
    as === 'self' ? [] : [[personId, { as, rights }] as const],
  );
  return abilitiesOf({
    // One page serves one city: the server takes the tenant from the token.
    tenantId: 'this',
    personId: me.person.personId,
    actsFor: Object.fromEntries(others),
    posts: Object.fromEntries(me.posts.map((post) => [post.postId, post])),
  });
}

const those = (me: Me, action: 'book' | 'share'): Me['actsFor'] => {
  const ability = abilitiesOfMe(me);
  return me.actsFor.filter(({ personId }) => may(ability, action, 'Person', { personId }));
};

/** For whom this person may book, themselves first. */
export const peopleToBookFor = (me: Me): Me['actsFor'] => those(me, 'book');

/** For whom this person says who may act: themselves first, then the children they speak for. */
export const peopleToSpeakFor = (me: Me): Me['actsFor'] => those(me, 'share');
