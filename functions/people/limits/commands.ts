import type * as z from 'zod';
import { type AuthorizedActor, authorized } from '../../../shared/access/authorize.ts';
import type { CourtLimitId, PersonId } from '../../../shared/contracts/common.ts';
import type { CourtLimit, courtLimitCreate, courtLimitLift } from '../../../shared/contracts/people.ts';
import type { RequestContext } from '../../../shared/http/context.ts';
import { CIVIL_ZONE, civilNow } from '../../../shared/kernel/days.ts';
import { fingerprint } from '../../../shared/kernel/ids.ts';
import { refuse } from '../../../shared/kernel/refusal.ts';
import { keys } from '../../../shared/table/keys.ts';
import { parsedItem } from '../../../shared/table/read.ts';
import { profileItem } from '../profiles/items.ts';
import { idFor } from '../requests/items.ts';
import type { CourtLimitItem } from './items.ts';
import { mustSetLimits, peopleIn, readNames, shownLimit } from './queries.ts';
import { checkLimit } from './rules.ts';
import * as store from './store.ts';

/**
 * An officer of civil affairs records that a court has decided that an adult may not act for a child: from their next request on they
 * may not, by whatever grant. Refuses `forbidden`, `not-found`, `already-limited`, `idempotency-key-reused`.
 */
export async function setLimit(
  context: RequestContext,
  childId: PersonId,
  body: z.output<typeof courtLimitCreate>,
): Promise<{ limit: CourtLimit; replayed: boolean }> {
  const { by, items } = await authorized(context, [keys.people.profile(context.tenantId, childId)]);
  mustSetLimits(by);
  if (!items[0]) throw refuse('not-found');
  checkLimit(parsedItem(profileItem, items[0]), body.adultId, civilNow(by.now, CIVIL_ZONE).date);
  const limit: CourtLimitItem = {
    ...body,
    limitId: idFor(context, 'c', 'court-limit'),
    childId,
    since: by.now.toISOString(),
    setBy: by.actor.personId,
    requestHash: fingerprint({ childId, ...body }),
  };
  const { outcome } = await store.createLimit(by, limit);
  return { limit: await mustRead(by, childId, limit.limitId), replayed: outcome === 'done' };
}

/** The court's decision has ended; grants that stand work again. Refuses `forbidden`, `not-found`, `limit-lifted`. */
export async function liftLimit(
  context: RequestContext,
  childId: PersonId,
  limitId: CourtLimitId,
  body: z.output<typeof courtLimitLift>,
): Promise<CourtLimit> {
  const { by } = await authorized(context);
  mustSetLimits(by);
  const limit = await store.readLimit(by, childId, limitId);
  if (!limit) throw refuse('not-found');
  const lifted = { ...body, at: by.now.toISOString(), by: by.actor.personId };
  const request = {
    requestId: idFor(context, 'l', 'lift-limit'),
    requestHash: fingerprint({ childId, limitId, ...body }),
  };
  await store.liftLimit(by, limit, lifted, request);
  return mustRead(by, childId, limitId);
}

async function mustRead(by: AuthorizedActor, childId: PersonId, limitId: CourtLimitId): Promise<CourtLimit> {
  const limit = await store.readLimit(by, childId, limitId);
  if (!limit) throw refuse('not-found');
  return shownLimit(limit, await readNames(by, peopleIn(limit)));
}
