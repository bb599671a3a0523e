import type { Authorized, AuthorizedActor } from '../../../shared/access/authorize.ts';
import type { GroupId } from '../../../shared/contracts/city-rules.ts';
import type { PersonId } from '../../../shared/contracts/common.ts';
import { epochSeconds } from '../../../shared/kernel/clock.ts';
import { type Refusal, refuse } from '../../../shared/kernel/refusal.ts';
import { condition, exists, isNew } from '../../../shared/table/conditions.ts';
import { keys } from '../../../shared/table/keys.ts';
import { get, getMany, parsedItem } from '../../../shared/table/read.ts';
import { type Outcome, transact, update, updateAndRead, type Write } from '../../../shared/table/write.ts';
import { sameRequest } from '../requests/store.ts';
import {
  decryptPhone,
  type NewPerson,
  type PlannedItem,
  type Profile,
  personItems,
  pointerItem,
  profileItem,
} from './items.ts';
import { provenBirthDate } from './rules.ts';

/** What other modules learn of a person. */
export type PersonSummary = Pick<Profile, 'personId' | 'name' | 'birthDate' | 'district' | 'householdId'>;

/** The summaries of these people by id, one call for each hundred; whoever does not exist is missing from the map. */
export async function readProfiles(
  by: Authorized,
  personIds: readonly PersonId[],
): Promise<ReadonlyMap<string, PersonSummary>> {
  const wanted = [...new Set(personIds)];
  const found = new Map<string, PersonSummary>();
  for (let at = 0; at < wanted.length; at += 100) {
    const keyList = wanted.slice(at, at + 100).map((personId) => keys.people.profile(by.tenantId, personId));
    for (const item of await getMany(keyList)) {
      if (!item) continue;
      const { personId, name, birthDate, district, householdId } = parsedItem(profileItem, item);
      found.set(personId, { personId, name, birthDate, district, householdId });
    }
  }
  return found;
}

/** Voids the tokens of this person that were issued up to this second. */
export async function voidTokens(by: Authorized, personId: PersonId): Promise<void> {
  await update({
    key: keys.people.access(by.tenantId, personId),
    update: 'SET signedOutBeforeEpochSeconds = :before',
    // Tokens carry whole seconds, so those of this very second end too.
    values: { ':before': epochSeconds(by.now) + 1 },
    conditions: [exists],
  });
}

/** Whose number it is, `undefined` when nobody's yet. */
export async function readPersonOfPhone(by: Authorized, phoneMac: string): Promise<string | undefined> {
  return (await get(keys.people.phone(by.tenantId, phoneMac), pointerItem))?.personId;
}

/** The person's phone number in clear (E.164), for a message to them; `undefined` when they have none. */
export async function readPhone(by: Authorized, personId: PersonId): Promise<string | undefined> {
  const profile = await get(keys.people.profile(by.tenantId, personId), profileItem);
  return profile && decryptPhone(by.tenantId, profile);
}

export async function readProfile(by: Authorized, personId: PersonId): Promise<Profile | undefined> {
  return get(keys.people.profile(by.tenantId, personId), profileItem);
}

/**
 * Changes what is given and moves the version on; a school that is stated anew is to be confirmed anew. Refuses `not-found`,
 * `precondition-failed`, and a proven date of birth.
 */
export async function updateProfile(
  by: AuthorizedActor,
  personId: PersonId,
  version: number,
  change: { [name in 'name' | 'birthDate' | 'district' | 'school']?: string | undefined },
): Promise<Profile> {
  const changes = Object.entries(change).filter(([, value]) => value !== undefined);
  const sets = ['#version = #version + :one', ...changes.map(([name]) => `#${name} = :${name}`)];
  const item = await updateAndRead({
    key: keys.people.profile(by.tenantId, personId),
    update: `SET ${sets.join(', ')}${change.school === undefined ? '' : ' REMOVE schoolConfirmed'}`,
    names: { '#version': 'version', ...Object.fromEntries(changes.map(([name]) => [`#${name}`, name])) },
    values: { ':one': 1, ':read': version, ...Object.fromEntries(changes.map(([name, value]) => [`:${name}`, value])) },
    conditions: [
      condition('still as it was read', '#version = :read'),
      ...(change.birthDate
        ? [condition('date of birth not proven by a card', 'attribute_not_exists(cardMasked)')]
        : []),
    ],
    meaning: (stored) => {
      if (!stored) return refuse('not-found');
      return stored['version'] === version ? provenBirthDate() : refuse('precondition-failed');
    },
  });
  return parsedItem(profileItem, item);
}

/** What staff have seen a document for goes into the profile. Refuses `not-found`. */
export async function confirmFact(
  by: AuthorizedActor,
  personId: PersonId,
  fact: { readonly school: string } | { readonly groupId: GroupId; readonly member: boolean },
): Promise<Profile> {
  const profile = await readProfile(by, personId);
  if (!profile) throw refuse('not-found');
  const confirmed = { by: by.actor.personId, at: by.now.toISOString() };
  const groups =
    'groupId' in fact
      ? Object.fromEntries([
          ...Object.entries(profile.groups ?? {}).filter(([id]) => id !== fact.groupId),
          ...(fact.member ? [[fact.groupId, confirmed]] : []),
        ])
      : undefined;
  const set =
    'school' in fact
      ? {
          update: 'school = :school, schoolConfirmed = :confirmed',
          names: {},
          values: { ':school': fact.school, ':confirmed': confirmed },
        }
      : { update: '#groups = :groups', names: { '#groups': 'groups' }, values: { ':groups': groups } };
  const item = await updateAndRead({
    key: keys.people.profile(by.tenantId, personId),
    update: `SET #version = #version + :one, ${set.update}`,
    names: { '#version': 'version', ...set.names },
    values: { ':one': 1, ':read': profile.version, ...set.values },
    conditions: [condition('still as it was read', '#version = :read')],
    meaning: () => refuse('changed-meanwhile'),
  });
  return parsedItem(profileItem, item);
}

/** The person behind a card or phone, `undefined` when there is none. */
export async function readPersonBehind(
  by: AuthorizedActor,
  kind: 'card' | 'phone',
  mac: string,
): Promise<Profile | undefined> {
  const pointer = await get(keys.people[kind](by.tenantId, mac), pointerItem);
  return pointer && readProfile(by, pointer.personId);
}

/** The writes that create a person. A card that is known already is `person-exists`; what of it may be told is the caller's choice. */
export function personWrites(by: Authorized, person: NewPerson, cardIsKnown: (personId: PersonId) => Refusal): Write[] {
  return personItems(by.tenantId, person).map((planned) => ({
    ...planned,
    conditions: [isNew],
    meaning:
      planned.key.sk === 'PERSON' ? (item) => cardIsKnown(String(item?.['personId'])) : sameRequest(person.requestHash),
  }));
}

/** Creates a person on behalf of staff, with the entry in that person's log. */
export async function createByStaff(by: AuthorizedActor, person: NewPerson, logged: PlannedItem): Promise<Outcome> {
  const cardIsKnown = (personId: PersonId) => refuse('person-exists', { personId });
  return transact([...personWrites(by, person, cardIsKnown), logged]);
}

/** The person’s record. Refuses `not-found`. */
export async function mustReadProfile(by: AuthorizedActor, personId: PersonId): Promise<Profile> {
  const profile = await readProfile(by, personId);
  if (!profile) throw refuse('not-found');
  return profile;
}
