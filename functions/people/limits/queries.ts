import { type AuthorizedActor, authorized, mustBeAble } from '../../../shared/access/authorize.ts';
import type { PersonId } from '../../../shared/contracts/common.ts';
import type { CourtLimit, CourtLimits } from '../../../shared/contracts/people.ts';
import type { RequestContext } from '../../../shared/http/context.ts';
import { CIVIL_ZONE, civilNow } from '../../../shared/kernel/days.ts';
import { refuse } from '../../../shared/kernel/refusal.ts';
import { keys } from '../../../shared/table/keys.ts';
import { parsedItem } from '../../../shared/table/read.ts';
import type { GrantItem } from '../grants/items.ts';
import { readGrants } from '../grants/store.ts';
import { profileItem } from '../profiles/items.ts';
import { isChild } from '../profiles/rules.ts';
import { readProfiles } from '../profiles/store.ts';
import { logReads, readPostNames } from '../reads/store.ts';
import type { CourtLimitItem } from './items.ts';
import * as store from './store.ts';

export const mustSetLimits = (by: AuthorizedActor): void => mustBeAble(by, 'limit', 'City', { tenantId: by.tenantId });

type NameOf = (personId: PersonId) => { personId: PersonId; name: string };

export async function readNames(by: AuthorizedActor, personIds: readonly PersonId[]): Promise<NameOf> {
  const people = await readProfiles(by, personIds);
  return (personId) => ({ personId, name: people.get(personId)?.name ?? '' });
}

export const peopleIn = ({ adultId, setBy, lifted }: CourtLimitItem) => [
  adultId,
  setBy,
  ...(lifted ? [lifted.by] : []),
];

export const shownLimit = (limit: CourtLimitItem, named: NameOf): CourtLimit => ({
  limitId: limit.limitId,
  adult: named(limit.adultId),
  reason: limit.reason,
  documentNumber: limit.documentNumber,
  since: limit.since,
  setBy: named(limit.setBy),
  ...(limit.lifted ? { lifted: { ...limit.lifted, by: named(limit.lifted.by) } } : {}),
});

/**
 * What an officer needs to set or lift a limit: who acts for a person, for which children they act, and every limit there was. The look
 * is logged for the person to see. Refuses `forbidden`, `not-found`.
 */
export async function listLimits(context: RequestContext, personId: PersonId, reason: string): Promise<CourtLimits> {
  const { by, items } = await authorized(context, [keys.people.profile(context.tenantId, personId)]);
  mustSetLimits(by);
  if (!items[0]) throw refuse('not-found');
  const { name, birthDate } = parsedItem(profileItem, items[0]);
  const [grants, limits] = await Promise.all([readGrants(by, personId), store.readLimits(by, personId)]);
  await logReads(by, [personId], { as: readPostNames(by), what: 'relations-read', reason });
  const today = civilNow(by.now, CIVIL_ZONE).date;
  const stored = grants.filter(({ endedAt }) => endedAt === undefined);
  const others = stored.map(({ holderId, subjectId }) => (holderId === personId ? subjectId : holderId));
  const people = await readProfiles(by, [...others, ...limits.flatMap(peopleIn)]);
  const named: NameOf = (id) => ({ personId: id, name: people.get(id)?.name ?? '' });
  const relative = (id: string, { kind }: GrantItem) => ({ ...named(id), as: kind });
  return {
    person: { personId, name, isChild: isChild(birthDate, today) },
    holders: stored.flatMap((it) => (it.subjectId === personId ? [relative(it.holderId, it)] : [])),
    children: stored.flatMap((it) =>
      it.holderId === personId && isChild(people.get(it.subjectId)?.birthDate, today)
        ? [relative(it.subjectId, it)]
        : [],
    ),
    limits: limits.map((limit) => shownLimit(limit, named)),
  };
}
