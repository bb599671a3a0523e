import { authorized } from '../../shared/access/authorize.ts';
import type { Me } from '../../shared/contracts/people.ts';
import type { RequestContext } from '../../shared/http/context.ts';
import { refuse } from '../../shared/kernel/refusal.ts';
import { keys } from '../../shared/table/keys.ts';
import { parsedItem } from '../../shared/table/read.ts';
import { personOf } from './answers.ts';
import { profileItem } from './items.ts';
import { profilesOf } from './profiles.ts';

/** The signed-in person, whom they may act for (themselves first), and the posts they hold. */
export async function me(context: RequestContext): Promise<Me> {
  const { actor, tenantId } = context;
  const { by, items } = await authorized(context, actor ? [keys.profile(tenantId, actor.personId)] : []);
  if (!items[0]) throw refuse('not-signed-in');
  const own = parsedItem(profileItem, items[0]);
  const { actsFor, posts } = by.access;
  const profiles = await profilesOf(by, Object.keys(actsFor));
  return {
    person: personOf(own),
    actsFor: [
      { personId: own.personId, name: own.name, birthDate: own.birthDate, as: 'self' },
      ...[...profiles.values()].flatMap(({ personId, name, birthDate }) => {
        const grant = actsFor[personId];
        return grant ? [{ personId, name, birthDate, as: grant.as, grantId: grant.grantId }] : [];
      }),
    ],
    posts: Object.values(posts),
  };
}
