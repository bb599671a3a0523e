import type * as z from 'zod';
import { may, rightsOf } from '../../../shared/access/abilities.ts';
import { authorized, mustBeAble, mustNotBeLimited } from '../../../shared/access/authorize.ts';
import type { PersonId } from '../../../shared/contracts/common.ts';
import type { Me, Person, personSearchByStaff } from '../../../shared/contracts/people.ts';
import type { RequestContext } from '../../../shared/http/context.ts';
import { normalizedPhone } from '../../../shared/kernel/phone.ts';
import { refuse } from '../../../shared/kernel/refusal.ts';
import { deriveLookupMac } from '../../../shared/keyring/keyring.ts';
import { keys } from '../../../shared/table/keys.ts';
import { parsedItem } from '../../../shared/table/read.ts';
import * as reads from '../reads/store.ts';
import { personOf, profileItem } from './items.ts';
import { checkSearch } from './rules.ts';
import * as people from './store.ts';

/** The signed-in person, whom they may act for (themselves first), and the posts they hold. */
export async function readOwnProfile(context: RequestContext): Promise<Me> {
  const { actor, tenantId } = context;
  const { by, items } = await authorized(context, actor ? [keys.people.profile(tenantId, actor.personId)] : []);
  if (!items[0]) throw refuse('not-signed-in');
  const own = parsedItem(profileItem, items[0]);
  const { actsFor, posts } = by.access;
  const circle = Object.keys(actsFor).filter((personId) => may(by.ability, 'read', 'Person', { personId }));
  const profiles = await people.readProfiles(by, circle);
  return {
    person: personOf(own),
    actsFor: [
      { personId: own.personId, name: own.name, birthDate: own.birthDate, as: 'self' },
      ...[...profiles.values()].flatMap(({ personId, name, birthDate }) => {
        const grant = actsFor[personId];
        return grant
          ? [{ personId, name, birthDate, as: grant.as, grantId: grant.grantId, rights: rightsOf(grant) }]
          : [];
      }),
    ],
    posts: Object.entries(posts)
      .sort(([one], [other]) => (one < other ? -1 : 1))
      .map(([, post]) => post),
  };
}

/**
 * A person's record: for themselves and whoever may act for them, or for staff who say why, which the person then sees. Refuses
 * `no-authority` to everybody else, whether or not there is such a person.
 */
export async function readPerson(
  context: RequestContext,
  personId: PersonId,
  reason: string | undefined,
): Promise<Person> {
  const { by, items } = await authorized(context, [keys.people.profile(context.tenantId, personId)]);
  const isStaffRead = !may(by.ability, 'read', 'Person', { personId });
  if (isStaffRead) {
    mustBeAble(by, 'find', 'City', { tenantId: by.tenantId }, 'no-authority');
    mustNotBeLimited(by, [personId]);
    if (!reason) throw refuse('no-authority', { missing: 'reason' });
  }
  if (!items[0]) throw refuse('not-found');
  if (isStaffRead) await reads.logReads(by, [personId], { as: reads.readPostNames(by), what: 'record-read', reason });
  return personOf(parsedItem(profileItem, items[0]));
}

/** Staff look somebody up by card or phone, and say why. Refuses `forbidden`, `resident-id-check`, `phone-format`. */
export async function searchPeople(
  context: RequestContext,
  body: z.output<typeof personSearchByStaff>,
): Promise<{ people: Person[] }> {
  const { by } = await authorized(context);
  mustBeAble(by, 'find', 'City', { tenantId: by.tenantId });
  checkSearch(body);
  const phone = body.phone === undefined ? undefined : normalizedPhone(body.phone);
  if (body.phone !== undefined && phone === undefined) throw refuse('phone-format');
  const [kind, number] = phone === undefined ? (['card', body.cardNumber ?? ''] as const) : (['phone', phone] as const);
  const found = await people.readPersonBehind(by, kind, await deriveLookupMac(kind, number));
  if (!found) return { people: [] };
  mustNotBeLimited(by, [found.personId]);
  await reads.logReads(by, [found.personId], {
    as: reads.readPostNames(by),
    what: `found-by-${kind}`,
    reason: body.reason,
  });
  return { people: [personOf(found)] };
}
