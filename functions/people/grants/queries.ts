import { rightsOf } from '../../../shared/access/abilities.ts';
import { type AuthorizedActor, authorized, mustBeAble } from '../../../shared/access/authorize.ts';
import type { PersonId } from '../../../shared/contracts/common.ts';
import type { Grant } from '../../../shared/contracts/people.ts';
import type { RequestContext } from '../../../shared/http/context.ts';
import { readLimits } from '../limits/store.ts';
import { readProfiles } from '../profiles/store.ts';
import type { GrantItem } from './items.ts';
import * as store from './store.ts';

export async function showGrants(
  by: AuthorizedActor,
  grants: readonly GrantItem[],
  isPaused: (grant: GrantItem) => boolean,
): Promise<Grant[]> {
  const people = await readProfiles(
    by,
    grants.flatMap(({ holderId, subjectId }) => [holderId, subjectId]),
  );
  const named = (personId: PersonId) => ({ personId, name: people.get(personId)?.name ?? '' });
  return grants.map((grant) => {
    const { holderId, subjectId, kind, rights, mergeId: _, ...rest } = grant;
    return {
      ...rest,
      kind,
      rights: rightsOf({ as: kind, rights }),
      ...(grant.endedAt === undefined && isPaused(grant) ? { paused: true } : {}),
      holder: named(holderId),
      subject: named(subjectId),
    };
  });
}

/** A grant the actor may not use for the time being: they are told no more than that. */
export const isPausedFor =
  (by: AuthorizedActor) =>
  ({ holderId, subjectId }: GrantItem): boolean =>
    holderId === by.actor.personId && (by.access.limitedFor?.has(subjectId) ?? false);

/** The grants a person holds, and those given over them. Refuses `no-authority`. */
export async function listGrants(
  context: RequestContext,
  personId: PersonId,
): Promise<{ held: Grant[]; given: Grant[] }> {
  const { by } = await authorized(context);
  mustBeAble(by, 'share', 'Person', { personId }, 'no-authority');
  const isOwn = personId === by.actor.personId;
  const [grants, limits] = await Promise.all([
    store.readGrants(by, personId),
    // Those who speak for a child are told whose grants rest, not why.
    isOwn ? [] : readLimits(by, personId),
  ]);
  const limited = new Set(limits.filter(({ lifted }) => !lifted).map(({ adultId }) => adultId));
  const isPaused = isOwn ? isPausedFor(by) : ({ holderId }: GrantItem) => limited.has(holderId);
  const shown = await showGrants(by, grants, isPaused);
  return {
    held: shown.filter(({ holder }) => holder.personId === personId),
    given: shown.filter(({ subject }) => subject.personId === personId),
  };
}
