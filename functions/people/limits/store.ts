import * as z from 'zod';
import type { AuthorizedActor } from '../../../shared/access/authorize.ts';
import type { CourtLimitId, PersonId } from '../../../shared/contracts/common.ts';
import { refuse } from '../../../shared/kernel/refusal.ts';
import { condition, exists, isNew } from '../../../shared/table/conditions.ts';
import { keys } from '../../../shared/table/keys.ts';
import { get, queryAll } from '../../../shared/table/read.ts';
import { type Outcome, transact } from '../../../shared/table/write.ts';
import { requestWrite, sameRequest } from '../requests/store.ts';
import { type CourtLimitItem, courtLimitItem } from './items.ts';

/** Every limit on who may act for the child, lifted ones too. */
export async function readLimits(by: AuthorizedActor, childId: PersonId): Promise<CourtLimitItem[]> {
  return queryAll({ pk: keys.people.partition(by.tenantId, childId), begins: 'COURT#' }, courtLimitItem);
}

export async function readLimit(by: AuthorizedActor, childId: PersonId, limitId: CourtLimitId) {
  return get(keys.people.courtLimit(by.tenantId, childId, limitId), courtLimitItem);
}

/** Sets a limit with the flag in the adult's access record, so that it holds at their next request. Refuses `already-limited`, `not-found`. */
export async function createLimit(by: AuthorizedActor, limit: CourtLimitItem): Promise<Outcome> {
  const { childId, adultId, limitId, requestHash } = limit;
  return transact([
    {
      key: keys.people.courtLimit(by.tenantId, childId, limitId),
      item: z.encode(courtLimitItem, limit),
      conditions: [isNew],
      meaning: sameRequest(requestHash),
    },
    {
      key: keys.people.access(by.tenantId, adultId),
      // A set, because it can be added to where there is none yet.
      update: 'ADD limitedFor :children',
      values: { ':children': new Set([childId]), ':child': childId },
      conditions: [exists, condition('not limited yet', 'NOT contains(limitedFor, :child)')],
      meaning: (item) => refuse(item ? 'already-limited' : 'not-found'),
    },
  ]);
}

type Lifted = NonNullable<CourtLimitItem['lifted']>;

/** Lifts a limit and takes the flag away, as one. A repeat of the same request is done. Refuses `limit-lifted`. */
export async function liftLimit(
  by: AuthorizedActor,
  { childId, adultId, limitId }: CourtLimitItem,
  lifted: Lifted,
  request: { readonly requestId: string; readonly requestHash: string },
): Promise<Outcome> {
  return transact([
    requestWrite(by, request.requestId, request.requestHash),
    {
      key: keys.people.courtLimit(by.tenantId, childId, limitId),
      update: 'SET lifted = :lifted',
      values: { ':lifted': lifted },
      conditions: [exists, condition('stands', 'attribute_not_exists(lifted)')],
      meaning: () => refuse('limit-lifted'),
    },
    {
      key: keys.people.access(by.tenantId, adultId),
      update: 'DELETE limitedFor :children',
      values: { ':children': new Set([childId]) },
      conditions: [exists],
    },
  ]);
}
