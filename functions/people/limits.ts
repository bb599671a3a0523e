import type * as z from 'zod';
import { type AuthorizedActor, authorized, mustBeAble } from '../../shared/access/authorize.ts';
import type { CourtLimit, CourtLimits, courtLimitCreate, courtLimitLift } from '../../shared/contracts/people.ts';
import type { RequestContext } from '../../shared/http/context.ts';
import { CIVIL_ZONE, civilNow } from '../../shared/kernel/days.ts';
import { fingerprint } from '../../shared/kernel/ids.ts';
import { refuse } from '../../shared/kernel/refusal.ts';
import { keys } from '../../shared/table/keys.ts';
import { parsedItem } from '../../shared/table/read.ts';
import { idFor } from './commands.ts';
import { type CourtLimitItem, type GrantItem, profileItem } from './items.ts';
import { checkLimit, isChild } from './rules.ts';
import { grantsOf } from './store/grants.ts';
import * as store from './store/limits.ts';
import { profilesOf } from './store/people.ts';
import { logReads, postNamesOf } from './store/reads.ts';

const mustSetLimits = (by: AuthorizedActor): void => mustBeAble(by, 'limit', 'City', { tenantId: by.tenantId });

type NameOf = (personId: string) => { personId: string; name: string };

async function namesOf(by: AuthorizedActor, personIds: readonly string[]): Promise<NameOf> {
  const people = await profilesOf(by, personIds);
  return (personId) => ({ personId, name: people.get(personId)?.name ?? '' });
}

const peopleIn = ({ adultId, setBy, lifted }: CourtLimitItem) => [adultId, setBy, ...(lifted ? [lifted.by] : [])];

const shown = (limit: CourtLimitItem, named: NameOf): CourtLimit => ({
  limitId: limit.limitId,
  adult: named(limit.adultId),
  reason: limit.reason,
  documentNumber: limit.documentNumber,
  since: limit.since,
  setBy: named(limit.setBy),
  ...(limit.lifted ? { lifted: { ...limit.lifted, by: named(limit.lifted.by) } } : {}),
});

/**
 * An officer of civil affairs records that a court has decided that an adult may not act for a child: from their next request on they
 * may not, by whatever grant. Refuses `forbidden`, `not-found`, `already-limited`, `idempotency-key-reused`.
 */
export async function setLimit(
  childId: string,
  body: z.output<typeof courtLimitCreate>,
  context: RequestContext,
): Promise<{ limit: CourtLimit; replayed: boolean }> {
  const { by, items } = await authorized(context, [keys.people.profile(context.tenantId, childId)]);
  mustSetLimits(by);
  if (!items[0]) throw refuse('not-found');
  checkLimit(parsedItem(profileItem, items[0]), body.adultId, civilNow(by.now, CIVIL_ZONE).date);
  const limit: CourtLimitItem = {
    ...body,
    limitId: idFor('c', 'court-limit', context),
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
  childId: string,
  limitId: string,
  body: z.output<typeof courtLimitLift>,
  context: RequestContext,
): Promise<CourtLimit> {
  const { by } = await authorized(context);
  mustSetLimits(by);
  const limit = await store.readLimit(by, childId, limitId);
  if (!limit) throw refuse('not-found');
  const lifted = { ...body, at: by.now.toISOString(), by: by.actor.personId };
  const request = {
    requestId: idFor('l', 'lift-limit', context),
    requestHash: fingerprint({ childId, limitId, ...body }),
  };
  await store.liftLimit(by, limit, lifted, request);
  return mustRead(by, childId, limitId);
}

async function mustRead(by: AuthorizedActor, childId: string, limitId: string): Promise<CourtLimit> {
  const limit = await store.readLimit(by, childId, limitId);
  if (!limit) throw refuse('not-found');
  return shown(limit, await namesOf(by, peopleIn(limit)));
}

/**
 * What an officer needs to set or lift a limit: who acts for a person, for which children they act, and every limit there was. The look
 * is logged for the person to see. Refuses `forbidden`, `not-found`.
 */
export async function listLimits(personId: string, reason: string, context: RequestContext): Promise<CourtLimits> {
  const { by, items } = await authorized(context, [keys.people.profile(context.tenantId, personId)]);
  mustSetLimits(by);
  if (!items[0]) throw refuse('not-found');
  const { name, birthDate } = parsedItem(profileItem, items[0]);
  const [grants, limits] = await Promise.all([grantsOf(by, personId), store.limitsOf(by, personId)]);
  await logReads(by, [personId], { as: postNamesOf(by), what: 'relations-read', reason });
  const today = civilNow(by.now, CIVIL_ZONE).date;
  const standing = grants.filter(({ endedAt }) => endedAt === undefined);
  const others = standing.map(({ holderId, subjectId }) => (holderId === personId ? subjectId : holderId));
  const people = await profilesOf(by, [...others, ...limits.flatMap(peopleIn)]);
  const named: NameOf = (id) => ({ personId: id, name: people.get(id)?.name ?? '' });
  const relative = (id: string, { kind }: GrantItem) => ({ ...named(id), as: kind });
  return {
    person: { personId, name, isChild: isChild(birthDate, today) },
    holders: standing.flatMap((it) => (it.subjectId === personId ? [relative(it.holderId, it)] : [])),
    children: standing.flatMap((it) =>
      it.holderId === personId && isChild(people.get(it.subjectId)?.birthDate, today)
        ? [relative(it.subjectId, it)]
        : [],
    ),
    limits: limits.map((limit) => shown(limit, named)),
  };
}
