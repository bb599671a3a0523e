import { randomUUID } from 'node:crypto';
import type * as z from 'zod';
import { type AuthorizedActor, authorized, mustBeAble, mustNotBeLimited } from '../../shared/access/authorize.ts';
import type { FundItem, PassItem } from '../../shared/booking/items/counter.ts';
import { createFund, createPass, payPart, readPass } from '../../shared/booking/price/balances.ts';
import type { CityRules, cityRulesChange } from '../../shared/contracts/city-rules.ts';
import type { PersonId } from '../../shared/contracts/common.ts';
import type { Fund, fundGive, Pass, PassId, passIssue, passKindsChange } from '../../shared/contracts/passes.ts';
import type { RequestContext } from '../../shared/http/context.ts';
import { addDays, CIVIL_ZONE, civilNow } from '../../shared/kernel/days.ts';
import { derivedId, fingerprint } from '../../shared/kernel/ids.ts';
import { refuse } from '../../shared/kernel/refusal.ts';
import { keys } from '../../shared/table/keys.ts';
import { logReads, profileFactKey, readPostNames, versionOf } from '../people/index.ts';
import { partsOf, publicFund, publicPass } from './rules.ts';
import { type PassKinds, readPassKinds, replaceDocument } from './store.ts';

/** Bureaus and administrators say what holds for the whole city. Refuses `forbidden`. */
async function asPublisher(context: RequestContext): Promise<AuthorizedActor> {
  const { by } = await authorized(context);
  mustBeAble(by, 'publish', 'City', { tenantId: by.tenantId });
  return by;
}

/** Sets the rules of the city anew. Refuses `forbidden`, `precondition-required`, `precondition-failed`. */
export async function changeCityRules(
  context: RequestContext,
  rules: z.output<typeof cityRulesChange>,
): Promise<CityRules> {
  const by = await asPublisher(context);
  const version = versionOf(context.ifMatch);
  await replaceDocument(keys.rules.city(by.tenantId), version, { is: 'city-rules', ...rules });
  return { ...rules, version: version + 1 };
}

/** Sets the kinds of pass anew. Refuses as {@link changeCityRules}. */
export async function changePassKinds(
  context: RequestContext,
  { kinds }: z.output<typeof passKindsChange>,
): Promise<PassKinds> {
  const by = await asPublisher(context);
  const version = versionOf(context.ifMatch);
  await replaceDocument(keys.rules.passKinds(by.tenantId), version, { is: 'pass-kinds', kinds });
  return { kinds, version: version + 1 };
}

type Made<T> = T & { readonly replayed: boolean };

/** Somebody's record, for staff who hand something out to them: the hand-out stands in the person's log. Refuses `forbidden`, `not-found`. */
async function asStaffFor(context: RequestContext, personId: PersonId, may: 'enroll' | 'publish') {
  const { by, items } = await authorized(context, [profileFactKey(context.tenantId, personId)]);
  mustBeAble(by, may, 'City', { tenantId: by.tenantId });
  mustNotBeLimited(by, [personId]);
  if (!items[0]) throw refuse('not-found', { personId });
  return by;
}

/** The same id for every try under one `Idempotency-Key`, and the actor's own. */
const idFor = (
  by: AuthorizedActor,
  { idempotencyKey }: Pick<RequestContext, 'idempotencyKey'>,
  of: { readonly letter: string; readonly what: string },
) => derivedId(of.letter, by.tenantId, of.what, by.actor.personId, idempotencyKey ?? randomUUID());

/**
 * Staff hand out a pass. Paid whole, all its units are open; in parts, each opens when it is recorded as paid. Refuses `forbidden`,
 * `no-authority`, `not-found`, `idempotency-key-reused`.
 */
export async function issuePass(
  context: RequestContext,
  personId: PersonId,
  body: z.output<typeof passIssue>,
): Promise<Made<{ pass: Pass }>> {
  const by = await asStaffFor(context, personId, 'enroll');
  const kind = (await readPassKinds(by)).kinds.find(({ kindId }) => kindId === body.kindId);
  if (!kind || (body.inParts && !kind.parts)) throw refuse('not-found', { kindId: body.kindId });
  const today = civilNow(by.now, CIVIL_ZONE).date;
  const { kindId, title, units, priceFen, validDays } = kind;
  const item: PassItem = {
    is: 'pass',
    passId: idFor(by, context, { letter: 'x', what: 'pass' }),
    holderId: personId,
    kindId,
    title,
    units,
    left: body.inParts ? 0 : units,
    validUntil: addDays(today, validDays),
    priceFen,
    issuedAt: by.now.toISOString(),
    issuedBy: by.actor.personId,
    reason: body.reason,
    requestHash: fingerprint({ personId, ...body }),
    ...(body.inParts ? { parts: partsOf(kind, today) } : {}),
  };
  await logReads(by, [personId], { as: readPostNames(by), what: 'pass-issued', reason: body.reason });
  const { outcome } = await createPass(by, item);
  const stored = outcome === 'done' ? await readPass(by, personId, item.passId) : item;
  return { pass: publicPass(stored ?? item), replayed: outcome === 'done' };
}

/** Records a part of a pass as paid, once. Refuses `forbidden`, `no-authority`, `not-found`. */
export async function recordPaidPart(
  context: RequestContext,
  { personId, passId, part }: { personId: PersonId; passId: PassId; part: number },
): Promise<Pass> {
  const by = await asStaffFor(context, personId, 'enroll');
  const pass = await readPass(by, personId, passId);
  const wanted = pass?.parts?.[part - 1];
  if (!pass || !wanted) throw refuse('not-found', { passId, part });
  await logReads(by, [personId], { as: readPostNames(by), what: 'pass-part-paid' });
  if (wanted.paidAt) return publicPass(pass);
  return publicPass(await payPart(by, pass, part - 1, wanted.units, by.actor.personId));
}

/** Enters what a funder gives one person. Refuses `forbidden`, `no-authority`, `not-found`, `idempotency-key-reused`. */
export async function giveFund(
  context: RequestContext,
  personId: PersonId,
  body: z.output<typeof fundGive>,
): Promise<Made<{ fund: Fund }>> {
  const by = await asStaffFor(context, personId, 'publish');
  const { funder, amountFen, validUntil, reason } = body;
  const item: FundItem = {
    is: 'fund',
    fundId: idFor(by, context, { letter: 'u', what: 'fund' }),
    holderId: personId,
    funder,
    amountFen,
    left: amountFen,
    validUntil,
    givenAt: by.now.toISOString(),
    givenBy: by.actor.personId,
    reason,
    requestHash: fingerprint({ personId, ...body }),
  };
  await logReads(by, [personId], { as: readPostNames(by), what: 'fund-given', reason });
  const { outcome, item: stored } = await createFund(by, item);
  const left = typeof stored?.['left'] === 'number' ? stored['left'] : amountFen;
  return { fund: publicFund({ ...item, left }), replayed: outcome === 'done' };
}
