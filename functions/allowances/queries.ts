import type * as z from 'zod';
import { may } from '../../shared/access/abilities.ts';
import {
  type AuthorizedActor,
  anyone,
  authorized,
  mustBeAble,
  mustNotBeLimited,
} from '../../shared/access/authorize.ts';
import { readRowsOfMonth } from '../../shared/booking/facts/bookings.ts';
import { counterFactFrom, counterFactKey } from '../../shared/booking/facts/counters.ts';
import { cityRulesFactKey, cityRulesFrom, readCityRules } from '../../shared/booking/items/city-rules.ts';
import { readBalances } from '../../shared/booking/price/balances.ts';
import { counterOwner, isInForce, windowOf } from '../../shared/booking/price/fair-use.ts';
import type { Allowances, allowancesQuery, CityRules } from '../../shared/contracts/city-rules.ts';
import type { PersonId } from '../../shared/contracts/common.ts';
import type { Statement } from '../../shared/contracts/passes.ts';
import type { RequestContext } from '../../shared/http/context.ts';
import { CIVIL_ZONE, civilNow } from '../../shared/kernel/days.ts';
import { refuse } from '../../shared/kernel/refusal.ts';
import { getMany } from '../../shared/table/read.ts';
import { logReads, profileFactFrom, profileFactKey, readPostNames, readProfiles } from '../people/index.ts';
import { allowanceOf, publicFund, publicPass, statementFrom } from './rules.ts';
import { type PassKinds, readPassKinds } from './store.ts';

/** What the city has set for itself, for everybody to know. */
export const readRules = (context: RequestContext): Promise<CityRules> => readCityRules(anyone(context));

export const listPassKinds = (context: RequestContext): Promise<PassKinds> => readPassKinds(anyone(context));

/** The person, who acts for them, or staff at a desk, whose look is logged. Refuses `no-authority`. */
async function mustSee(by: AuthorizedActor, personId: PersonId): Promise<void> {
  if (may(by.ability, 'read', 'Person', { personId })) return;
  mustBeAble(by, 'enroll', 'City', { tenantId: by.tenantId }, 'no-authority');
  mustNotBeLimited(by, [personId]);
  await logReads(by, [personId], { as: readPostNames(by), what: 'allowances' });
}

/**
 * What a person has used of each allowance that counts them or their household on a date, and what an organization has, for its staff;
 * their passes and funds. Refuses `no-authority`, `not-found`.
 */
export async function readAllowances(
  context: RequestContext,
  personId: PersonId,
  { on, organizationId }: z.output<typeof allowancesQuery>,
): Promise<Allowances> {
  const { tenantId } = context;
  const { by, items } = await authorized(context, [profileFactKey(tenantId, personId), cityRulesFactKey(tenantId)]);
  await mustSee(by, personId);
  if (organizationId) mustBeAble(by, 'read', 'Operator', { operatorId: organizationId }, 'no-authority');
  const [found, rules] = items;
  const profile = profileFactFrom(found);
  if (!profile) throw refuse('not-found');
  const { householdId } = profile;
  const date = on ?? civilNow(by.now, CIVIL_ZONE).date;
  const asked = cityRulesFrom(rules).fairUse.filter(
    (rule) => isInForce(rule, date) && (rule.per === 'organization') === (organizationId !== undefined),
  );
  const [used, { passes, funds }] = await Promise.all([
    getMany(
      asked.map(({ per, ruleId, window }) => {
        const of = counterOwner(per, { personId, householdId, organizationId });
        return counterFactKey(tenantId, { of, id: `${ruleId}.${windowOf(window, date).name}` });
      }),
    ),
    readBalances(by, personId),
  ]);
  return {
    on: date,
    allowances: asked.map((rule, index) => allowanceOf(rule, counterFactFrom(used[index]), date)),
    passes: passes.map(publicPass),
    funds: funds.map(publicFund),
  };
}

/**
 * A month of bookings with who pays for each: the person's own, and, where somebody asks for themselves, those of everyone they act for.
 * Refuses `no-authority`.
 */
export async function readStatement(context: RequestContext, personId: PersonId, month: string): Promise<Statement> {
  const { by } = await authorized(context);
  mustBeAble(by, 'read', 'Person', { personId }, 'no-authority');
  const family = personId === by.actor.personId ? Object.keys(by.access.actsFor) : [];
  const people = [personId, ...family.filter((id) => may(by.ability, 'read', 'Person', { personId: id }))];
  const [rows, profiles] = await Promise.all([
    Promise.all(people.map((id) => readRowsOfMonth(by, id, month))),
    readProfiles(by, people),
  ]);
  return statementFrom(month, rows.flat(), (id) => profiles.get(id)?.name ?? '');
}
