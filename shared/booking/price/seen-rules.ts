import type { FairUseRule } from '../../contracts/city-rules.ts';
import type { PersonId } from '../../contracts/common.ts';
import type { TenantId } from '../../contracts/id.ts';
import type { CounterName } from '../facts/counters.ts';
import { type RuleCharge, type Use, windowOf } from './fair-use.ts';

/** What is asked about before anything is read. */
type Asked = Pick<Use, 'kind' | 'date' | 'offeringId'>;

/** By city and offering: the rules per person that counted its last use that this process has seen. */
const seen = new Map<string, readonly FairUseRule[]>();
const MOST_SEEN = 1_000;

const nameOf = (tenantId: TenantId, { kind, offeringId = '' }: Omit<Asked, 'date'>): string =>
  `${tenantId} ${kind} ${offeringId}`;

/**
 * The counters of a person that a use will count against if the rules are as they were: to be read along with the rules themselves. Only
 * a guess, and only what to read: what counts is said by the rules that came, and what was not guessed is read after.
 */
export function guessCounters(tenantId: TenantId, asked: Asked, personId: PersonId): CounterName[] {
  const rules = seen.get(nameOf(tenantId, asked)) ?? [];
  return rules.map(({ ruleId, window }) => ({
    of: `person.${personId}`,
    id: `${ruleId}.${windowOf(window, asked.date).name}`,
  }));
}

/** Remembers what a use counts against, for the next guess. */
export function rememberRules(tenantId: TenantId, asked: Omit<Asked, 'date'>, wanted: readonly RuleCharge[]): void {
  if (seen.size >= MOST_SEEN) seen.clear();
  const rules = wanted.flatMap(({ rule }) => (rule.per === 'person' ? [rule] : []));
  seen.set(nameOf(tenantId, asked), rules);
}
