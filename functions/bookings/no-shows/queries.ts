import type * as z from 'zod';
import { type AuthorizedActor, authorized, mustBeAble } from '../../../shared/access/authorize.ts';
import { limitOf, noShowLimitFactKeys, standingFrom, standingRuleFrom } from '../../../shared/booking/no-show/limit.ts';
import type { NoShowLine } from '../../../shared/booking/no-show/no-shows.ts';
import { linesSince, noShowsFrom } from '../../../shared/booking/no-show/view.ts';
import type { NoShow, StandingRule, standingAnswer } from '../../../shared/contracts/standing.ts';
import type { RequestContext } from '../../../shared/http/context.ts';
import { addDays, CIVIL_ZONE, civilNow } from '../../../shared/kernel/days.ts';
import { profilesOf } from '../../people/index.ts';

export async function named(by: AuthorizedActor, lines: readonly NoShowLine[], rule: StandingRule): Promise<NoShow[]> {
  const people = await profilesOf(
    by,
    lines.flatMap(({ personId, by: who }) => (who ? [personId, who] : [personId])),
  );
  return noShowsFrom(lines, rule, (personId) => people.get(personId)?.name);
}

/** A person's no-shows with their log, and the limit that follows from those that count. Refuses `no-authority`. */
export async function standingOf(context: RequestContext, personId: string): Promise<z.input<typeof standingAnswer>> {
  const { tenantId } = context;
  const { by, items } = await authorized(context, [...noShowLimitFactKeys(tenantId, personId)]);
  mustBeAble(by, 'read', 'Person', { personId }, 'no-authority');
  const [standing, rule] = [standingFrom(items[0]), standingRuleFrom(items[1])];
  const today = civilNow(by.now, CIVIL_ZONE).date;
  const limit = limitOf(standing, rule, today);
  const lines = await linesSince(by, personId, addDays(today, -rule.withinDays));
  return { personId, rule, ...(limit ? { limit } : {}), noShows: await named(by, lines, rule) };
}
