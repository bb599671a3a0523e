import { type GrantItem, grantItems, type PlannedItem, pointerItem } from '../../functions/people/index.ts';
import type { Authorized } from '../../shared/access/authorize.ts';
import { refuse } from '../../shared/kernel/refusal.ts';
import { deriveLookupMac } from '../../shared/keyring/keyring.ts';
import { condition, exists, isNew } from '../../shared/table/conditions.ts';
import { keys } from '../../shared/table/keys.ts';
import { parsedItem } from '../../shared/table/read.ts';
import { put, transact } from '../../shared/table/write.ts';
import type { HouseholdPlan, PersonPlan } from '../plan/people.ts';
import type { Complain } from '../sheets/complain.ts';
import { type Group, readItems, writeGroups } from './store.ts';

/** Complains about people whose phone or card leads to somebody else in the city, and gives the others. */
async function withOwnNumbers(
  by: Authorized,
  people: readonly PersonPlan[],
  kind: 'phone' | 'card',
  complain: Complain,
): Promise<PersonPlan[]> {
  const owners = new Map<string, string>();
  const numbered = people.filter((person) => person[kind]);
  const keyList = await Promise.all(
    numbered.map(async (person) => keys.people[kind](by.tenantId, await deriveLookupMac(kind, person[kind] ?? ''))),
  );
  for (const [index, item] of (await readItems(keyList)).entries()) {
    const person = numbered[index];
    if (item && person) owners.set(person.personId, parsedItem(pointerItem, item).personId);
  }
  return people.filter(({ line, personId }) => {
    const owner = owners.get(personId);
    if (owner === undefined || owner === personId) return true;
    complain(line, kind, kind === 'phone' ? 'phone-taken' : 'card-taken');
    return false;
  });
}

/**
 * Who is to be created: not those who are there already (their data is theirs now, and an import does not touch it), nor those whose
 * phone or card belongs to somebody else.
 */
export async function findNewPeople(
  by: Authorized,
  people: readonly PersonPlan[],
  complain: Complain,
): Promise<{ fresh: PersonPlan[]; there: number }> {
  const profiles = await readItems(people.map(({ personId }) => keys.people.profile(by.tenantId, personId)));
  const missing = people.filter((_, index) => profiles[index] === undefined);
  const withPhones = await withOwnNumbers(by, missing, 'phone', complain);
  const fresh = await withOwnNumbers(by, withPhones, 'card', complain);
  return { fresh, there: people.length - missing.length };
}

/** One member more in a household that may be there already: member and count move together, once. */
async function addMember(household: PlannedItem, member: PlannedItem): Promise<void> {
  await put({ ...household, item: { ...household.item, memberCount: 0 }, conditions: [isNew], meaning: () => 'done' });
  await transact([
    { ...member, conditions: [isNew], meaning: () => 'done' },
    { key: household.key, update: 'ADD memberCount :one', values: { ':one': 1 }, conditions: [exists] },
  ]);
}

/** Lets somebody who is there already act for somebody who has just been created. */
async function addGrant(by: Authorized, grant: GrantItem): Promise<void> {
  const { grantId, kind, holderId, subjectId, since } = grant;
  await transact([
    ...grantItems(by.tenantId, grant),
    {
      key: keys.people.access(by.tenantId, holderId),
      update: 'SET actsFor.#subject = :grant',
      names: { '#subject': subjectId },
      values: { ':grant': { as: kind, grantId, since } },
      conditions: [exists],
    },
  ]);
}

export type PeopleToWrite = {
  readonly everybody: readonly PersonPlan[];
  readonly fresh: readonly PersonPlan[];
  readonly households: readonly HouseholdPlan[];
  /** Nobody was in this city before: households can be put whole. */
  readonly cityIsNew: boolean;
};

/** One person, whole or not at all: an import that was cut off is made up for by running it again. */
function groupOf({ personId }: PersonPlan, items: readonly PlannedItem[]): Group {
  return items.map((planned) => {
    const { sk, pk } = planned.key;
    if (sk === 'PROFILE') return { ...planned, conditions: [isNew], meaning: () => 'done' };
    if (sk !== 'PERSON') return planned;
    const column = pk.includes('#PHONE#') ? 'phone' : 'card';
    return {
      ...planned,
      values: { ':own': personId },
      conditions: [condition('free, or their own', 'attribute_not_exists(pk) OR personId = :own')],
      meaning: () => refuse('person-exists', { column }),
    };
  });
}

const PEOPLE_AT_ONCE = 250;

/** Creates people, some hundreds at a time; their households first, because who has a profile counts as complete. */
export async function writePeople(
  by: Authorized,
  { everybody, fresh, households, cityIsNew }: PeopleToWrite,
  progress: (done: number) => void,
  complain: Complain,
): Promise<void> {
  const freshIds = new Set(fresh.map(({ personId }) => personId));
  if (cityIsNew) await writeGroups(households.map(({ household, members }) => [household, ...members]));
  else {
    for (const { personIds, household, members } of households) {
      for (const [index, member] of members.entries()) {
        if (freshIds.has(personIds[index] ?? '')) await addMember(household, member);
      }
    }
  }
  for (let at = 0; at < fresh.length; at += PEOPLE_AT_ONCE) {
    const people = fresh.slice(at, at + PEOPLE_AT_ONCE);
    const groups = new Map<Group, PersonPlan>();
    for (const person of people) groups.set(groupOf(person, await person.items()), person);
    await writeGroups(
      [...groups.keys()],
      (done) => progress(at + done),
      (group, refusal) => {
        const column = refusal.facts['column'] === 'phone' ? 'phone' : 'card';
        complain(groups.get(group)?.line ?? 0, column, `${column}-taken`);
      },
    );
  }
  const stored = everybody.filter(({ personId }) => !freshIds.has(personId));
  const links = stored.flatMap(({ grants }) => grants.filter(({ subjectId }) => freshIds.has(subjectId)));
  for (const grant of links) await addGrant(by, grant);
}
