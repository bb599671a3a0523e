import { may } from '../../../shared/access/abilities.ts';
import { type AuthorizedActor, authorized, isKeptFrom, mustBeAble } from '../../../shared/access/authorize.ts';
import type { PersonId } from '../../../shared/contracts/common.ts';
import type { Application, GroupClaim, PublishedApplication, RoundId } from '../../../shared/contracts/rounds.ts';
import type { RequestContext } from '../../../shared/http/context.ts';
import { type ProblemCode, problemCatalog } from '../../../shared/kernel/problem-catalog.ts';
import { refuse } from '../../../shared/kernel/refusal.ts';
import { openCursor, sealCursor } from '../../../shared/table/cursors.ts';
import { keys } from '../../../shared/table/keys.ts';
import { parsedItem } from '../../../shared/table/read.ts';
import { logReads, type PersonSummary, readPostNames, readProfiles } from '../../people/index.ts';
import { roundItem } from '../items.ts';
import { readDrawnRows } from '../publication/store.ts';
import { isDrawn } from '../rules.ts';
import { readSessionsOfRound } from '../store.ts';
import type { ApplicationItem } from './items.ts';
import { readApplicationsOf, readClaimsAfter } from './store.ts';

/** The applications of oneself and of all one may act for, from the draw on with what came of them. Refuses `not-found`. */
export async function listOwnApplications(context: RequestContext, roundId: RoundId): Promise<Application[]> {
  const { by, items } = await authorized(context, [keys.rounds.round(context.tenantId, roundId)]);
  const round = items[0] && parsedItem(roundItem, items[0]);
  if (!round) throw refuse('not-found');
  const own = [by.actor.personId, ...Object.keys(by.access.actsFor)];
  const readable = own.filter((personId) => may(by.ability, 'read', 'Person', { personId }));
  const applications = await readApplicationsOf(by, roundId, readable);
  const codes = applications.map(({ applicationId }) => applicationId);
  const [people, rows, { sessions }] = await Promise.all([
    readProfiles(
      by,
      applications.flatMap(({ personIds }) => personIds),
    ),
    isDrawn(round) ? readDrawnRows(by, roundId, codes) : new Map<string, PublishedApplication>(),
    readSessionsOfRound(by, roundId),
  ]);
  return applications.map((application) => {
    const row = rows.get(application.applicationId);
    const place = row?.place ? sessions[row.place - 1]?.sessionId : undefined;
    const lost = Object.entries(application.lost ?? {}).map(([personId, code]) => lostPlaceOf(personId, code));
    const result = row && {
      order: row.order,
      ...(place ? { sessionId: place } : {}),
      ...(lost.length > 0 ? { lost } : {}),
    };
    return { ...publicApplication(application, people), ...(result ? { result } : {}) };
  });
}

/** Why somebody who was drawn has no place, in the words that a booking would have been refused with. */
function lostPlaceOf(personId: PersonId, code: string) {
  const { zh, en } = problemCatalog[code as ProblemCode] ?? problemCatalog['order-released'];
  return { personId, code, why: { zh, en } };
}

const childrenOf = ({ personIds }: ApplicationItem, people: ReadonlyMap<string, PersonSummary>) =>
  personIds.map((personId) => ({ personId, name: people.get(personId)?.name ?? '—' }));

/** An application as the family sees it. */
export function publicApplication(item: ApplicationItem, people: ReadonlyMap<string, PersonSummary>): Application {
  const { applicationId, wishes, groupId, confirmed, changedAt } = item;
  const group = groupId === undefined ? {} : { groupId };
  return { applicationId, children: childrenOf(item, people), wishes, ...group, confirmed, changedAt };
}

/** Tells each person that staff have seen their name and the group they claim. */
export const logClaimsRead = (by: AuthorizedActor, personIds: readonly PersonId[]): Promise<void> =>
  logReads(by, personIds, { as: readPostNames(by), what: 'round-claims' });

/** Who claims a priority group, for the staff who confirm it; a few at a time. Refuses `forbidden`, `not-found`, `invalid-cursor`. */
export async function listClaims(
  context: RequestContext,
  roundId: RoundId,
  cursor: string | undefined,
): Promise<{ claims: GroupClaim[]; nextCursor?: string }> {
  const { by, items } = await authorized(context, [keys.rounds.round(context.tenantId, roundId)]);
  const round = items[0] && parsedItem(roundItem, items[0]);
  if (!round) throw refuse('not-found');
  for (const centerId of round.centerIds) mustBeAble(by, 'allocate', 'Round', { centerId });
  const scope = `claims ${by.tenantId} ${roundId}`;
  const { claims: all, last } = await readClaimsAfter(by, roundId, await openCursor(cursor, scope));
  const claims = all.filter((claim) => !claim.personIds.some((personId) => isKeptFrom(by, personId)));
  const personIds = claims.flatMap((claim) => claim.personIds);
  const people = await readProfiles(by, personIds);
  await logClaimsRead(by, personIds);
  const nextCursor = await sealCursor(last, scope);
  return {
    claims: claims.flatMap((claim) => {
      const { applicationId, groupId, confirmed } = claim;
      return groupId === undefined ? [] : [{ applicationId, children: childrenOf(claim, people), groupId, confirmed }];
    }),
    ...(nextCursor ? { nextCursor } : {}),
  };
}
