import * as z from 'zod';
import type { Authorized } from '../../../shared/access/authorize.ts';
import type { GroupId } from '../../../shared/contracts/city-rules.ts';
import type { PersonId } from '../../../shared/contracts/common.ts';
import type { ApplicationId, RoundId } from '../../../shared/contracts/rounds.ts';
import { derivedId } from '../../../shared/kernel/ids.ts';
import { refuse } from '../../../shared/kernel/refusal.ts';
import { deriveSecret } from '../../../shared/keyring/keyring.ts';
import { condition, exists, isNew } from '../../../shared/table/conditions.ts';
import { APPLICATION_SHARDS, type Key, keys } from '../../../shared/table/keys.ts';
import { getMany, parsedItem, queryAll, queryPage } from '../../../shared/table/read.ts';
import { isOfRequest, requestHashAttribute } from '../../../shared/table/stored.ts';
import { transact, update, updateAndRead } from '../../../shared/table/write.ts';
import { type ApplicationItem, applicantItem, applicationItem } from './items.ts';

/**
 * The id of the application of these children, which is also the code it is published under. It is made with a secret of the city, so that
 * nobody who knows a child can tell its code; and it is the same each time, so that nobody can try for a luckier one.
 */
export async function deriveApplicationId(
  by: Authorized,
  roundId: RoundId,
  childIds: readonly PersonId[],
): Promise<string> {
  const secret = (await deriveSecret('application-code')).toString('base64');
  return derivedId('a', secret, by.tenantId, roundId, ...[...childIds].sort());
}

/**
 * Writes the application and, for each child, that it is in one: all or nothing. The items are of these children alone, so a transaction
 * meets nobody else's. Refuses `already-applied`.
 */
export async function createApplication(by: Authorized, application: ApplicationItem) {
  const { roundId, applicationId, personIds, requestHash } = application;
  return transact([
    {
      key: keys.rounds.application(by.tenantId, roundId, applicationId),
      item: z.encode(applicationItem, application),
      conditions: [isNew],
      meaning: (stored) => (isOfRequest(stored, requestHash) ? 'done' : refuse('already-applied', { applicationId })),
    },
    ...personIds.map((personId) => ({
      key: keys.rounds.applicant(by.tenantId, roundId, personId),
      item: { applicationId },
      conditions: [isNew],
      meaning: () => refuse('already-applied', { personId }),
    })),
  ]);
}

/** Other wishes, another group: which then waits to be confirmed again. Refuses `not-found`, `changed-meanwhile`. */
export async function changeApplication(
  by: Authorized,
  was: ApplicationItem,
  to: Pick<ApplicationItem, 'actorId' | 'wishes' | 'groupId' | 'changedAt' | 'requestHash'>,
): Promise<ApplicationItem> {
  const confirmed = was.confirmed && was.groupId === to.groupId;
  const item = await updateAndRead({
    key: keys.rounds.application(by.tenantId, was.roundId, was.applicationId),
    update: `SET wishes = :wishes, actorId = :actor, changedAt = :at, ${requestHashAttribute.requestHash} = :hash, confirmed = :confirmed${
      to.groupId === undefined ? ' REMOVE groupId' : ', groupId = :group'
    }`,
    values: {
      ':wishes': to.wishes,
      ':actor': to.actorId,
      ':at': to.changedAt,
      ':hash': to.requestHash,
      ':confirmed': confirmed,
      ':wasConfirmed': was.confirmed,
      ':wasChangedAt': was.changedAt,
      ...(to.groupId === undefined ? {} : { ':group': to.groupId }),
    },
    conditions: [exists, condition('as read', 'changedAt = :wasChangedAt AND confirmed = :wasConfirmed')],
    meaning: (stored) => {
      if (!stored) return refuse('not-found');
      return isOfRequest(stored, to.requestHash) ? 'done' : refuse('changed-meanwhile');
    },
  });
  return parsedItem(applicationItem, item);
}

/** Takes the application out of the round, and frees its children for another one. */
export async function removeApplication(by: Authorized, application: ApplicationItem): Promise<void> {
  const { roundId, applicationId, personIds } = application;
  await transact([
    {
      key: keys.rounds.application(by.tenantId, roundId, applicationId),
      remove: true,
      conditions: [exists],
      meaning: () => 'done',
    },
    ...personIds.map((personId) => ({
      key: keys.rounds.applicant(by.tenantId, roundId, personId),
      remove: true as const,
      values: { ':application': applicationId },
      conditions: [condition('of this application', 'applicationId = :application')],
      meaning: () => 'done' as const,
    })),
  ]);
}

/** Confirms the group that staff saw, or takes the confirmation back. Refuses `not-found`, `changed-meanwhile`. */
export async function confirmGroup(
  by: Authorized,
  roundId: RoundId,
  applicationId: ApplicationId,
  { groupId, confirmed }: { groupId: GroupId; confirmed: boolean },
): Promise<ApplicationItem> {
  const item = await updateAndRead({
    key: keys.rounds.application(by.tenantId, roundId, applicationId),
    update: 'SET confirmed = :confirmed',
    values: { ':confirmed': confirmed, ':group': groupId },
    conditions: [exists, condition('the group as seen', 'groupId = :group')],
    meaning: (stored) => refuse(stored ? 'changed-meanwhile' : 'not-found'),
  });
  return parsedItem(applicationItem, item);
}

/** Notes why somebody who was drawn could not be given the place; without `why` takes the note away, because they have it after all. */
export async function recordLost(
  by: Authorized,
  { roundId, applicationId }: ApplicationItem,
  personId: PersonId,
  why: string | undefined,
): Promise<void> {
  const key = keys.rounds.application(by.tenantId, roundId, applicationId);
  const start = { key, update: 'SET lost = :none', values: { ':none': {} } };
  const first = condition('no note yet', 'attribute_exists(pk) AND attribute_not_exists(lost)');
  await update({ ...start, conditions: [first], meaning: () => 'done' });
  await update({
    key,
    update: why === undefined ? 'REMOVE lost.#p' : 'SET lost.#p = :why',
    names: { '#p': personId },
    ...(why === undefined ? {} : { values: { ':why': why } }),
    conditions: [exists],
    meaning: () => 'done',
  });
}

/** Applications by id, in the order of the ids; what is not there is left out. */
export async function readApplicationsById(
  by: Authorized,
  roundId: RoundId,
  applicationIds: readonly ApplicationId[],
): Promise<ApplicationItem[]> {
  const found: ApplicationItem[] = [];
  for (let at = 0; at < applicationIds.length; at += 100) {
    const keyList = applicationIds.slice(at, at + 100).map((id) => keys.rounds.application(by.tenantId, roundId, id));
    for (const item of await getMany(keyList)) if (item) found.push(parsedItem(applicationItem, item));
  }
  return found;
}

/** The applications that any of these people are in. */
export async function readApplicationsOf(
  by: Authorized,
  roundId: RoundId,
  personIds: readonly PersonId[],
): Promise<ApplicationItem[]> {
  const applicants = await getMany(
    personIds.slice(0, 100).map((id) => keys.rounds.applicant(by.tenantId, roundId, id)),
  );
  const ids = applicants.flatMap((item) => (item ? [parsedItem(applicantItem, item).applicationId] : []));
  return readApplicationsById(by, roundId, [...new Set(ids)]);
}

/** All applications of one shard, in the order of their codes. */
export const readApplicationsOfShard = (by: Authorized, roundId: RoundId, shard: number): Promise<ApplicationItem[]> =>
  queryAll({ pk: keys.rounds.applications(by.tenantId, roundId, shard), begins: 'APPLICATION#' }, applicationItem);

export async function readApplications(by: Authorized, roundId: RoundId): Promise<ApplicationItem[]> {
  const shards = Array.from({ length: APPLICATION_SHARDS }, (_, shard) => readApplicationsOfShard(by, roundId, shard));
  return (await Promise.all(shards)).flat();
}

/** Applications read for one page of claims. */
const READ_A_PAGE = 400;

/**
 * The next applications that claim a group, shard after shard; it may be none, with more to come. `last` is where the next page begins,
 * `undefined` at the end.
 */
export async function readClaimsAfter(
  by: Authorized,
  roundId: RoundId,
  after: Key | undefined,
): Promise<{ claims: ApplicationItem[]; last: Key | undefined }> {
  const firstOf = (shard: number): Key => ({
    pk: keys.rounds.applications(by.tenantId, roundId, shard),
    sk: 'APPLICATION#',
  });
  const shards = Array.from({ length: APPLICATION_SHARDS }, (_, shard) => firstOf(shard).pk);
  const start = after ?? firstOf(0);
  const claims: ApplicationItem[] = [];
  let read = 0;
  let from: Key | undefined = start;
  for (let shard = Math.max(0, shards.indexOf(start.pk)); shard < APPLICATION_SHARDS; shard += 1) {
    const page = await queryPage(
      { pk: firstOf(shard).pk, begins: 'APPLICATION#', limit: READ_A_PAGE, after: from, relaxed: true },
      applicationItem,
    );
    claims.push(...page.items.filter(({ groupId }) => groupId !== undefined));
    read += page.items.length;
    if (page.last) return { claims, last: page.last };
    from = undefined;
    if (read >= READ_A_PAGE / 2 && shard + 1 < APPLICATION_SHARDS) return { claims, last: firstOf(shard + 1) };
  }
  return { claims, last: undefined };
}
