import type * as z from 'zod';
import { type AuthorizedActor, authorized, mustBeAble } from '../../../shared/access/authorize.ts';
import {
  noShowLimitFactKeys,
  noShowLimitOf,
  noShowRecordFrom,
  noShowRuleFrom,
} from '../../../shared/booking/no-show/limit.ts';
import type { NoShowLogItem } from '../../../shared/booking/no-show/no-shows.ts';
import { noShowsFrom, readNoShowLogSince } from '../../../shared/booking/no-show/view.ts';
import type { PersonId } from '../../../shared/contracts/common.ts';
import type { NoShow, NoShowRule, personNoShowsAnswer } from '../../../shared/contracts/no-shows.ts';
import type { RequestContext } from '../../../shared/http/context.ts';
import { addDays, CIVIL_ZONE, civilNow } from '../../../shared/kernel/days.ts';
import { readProfiles } from '../../people/index.ts';

export async function showNoShows(
  by: AuthorizedActor,
  lines: readonly NoShowLogItem[],
  rule: NoShowRule,
): Promise<NoShow[]> {
  const people = await readProfiles(
    by,
    lines.flatMap(({ personId, by: who }) => (who ? [personId, who] : [personId])),
  );
  return noShowsFrom(lines, rule, (personId) => people.get(personId)?.name);
}

/** A person's no-shows with their log, and the limit that follows from those that count. Refuses `no-authority`. */
export async function readNoShows(
  context: RequestContext,
  personId: PersonId,
): Promise<z.input<typeof personNoShowsAnswer>> {
  const { tenantId } = context;
  const { by, items } = await authorized(context, [...noShowLimitFactKeys(tenantId, personId)]);
  mustBeAble(by, 'read', 'Person', { personId }, 'no-authority');
  const [record, rule] = [noShowRecordFrom(items[0]), noShowRuleFrom(items[1])];
  const today = civilNow(by.now, CIVIL_ZONE).date;
  const limit = noShowLimitOf(record, rule, today);
  const lines = await readNoShowLogSince(by, personId, addDays(today, -rule.withinDays));
  return { personId, rule, ...(limit ? { limit } : {}), noShows: await showNoShows(by, lines, rule) };
}
