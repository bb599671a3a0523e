import type { Authorized } from '../../access/authorize.ts';
import type { NoShow, StandingRule } from '../../contracts/standing.ts';
import { keys } from '../../table/keys.ts';
import { getMany, queryAll } from '../../table/read.ts';
import { countsUntil, standingRuleFrom } from './limit.ts';
import { appealPointer, type NoShowLine, noShowLine } from './no-shows.ts';

/** The log of a person's no-shows of `since` (a civil date) and later, in its order. */
export function linesSince(by: Authorized, personId: string, since: string): Promise<NoShowLine[]> {
  const between = [`NOSHOW#${since.replaceAll('-', '')}`, 'NOSHOW#~'] as const;
  return queryAll({ pk: keys.booking.agenda(by.tenantId, personId), between }, noShowLine);
}

/** The log of one of them. */
export const linesOf = (by: Authorized, personId: string, bookingId: string): Promise<NoShowLine[]> =>
  queryAll({ pk: keys.booking.agenda(by.tenantId, personId), begins: `NOSHOW#${bookingId}#` }, noShowLine);

/** Which no-shows of a center somebody has contested, the latest first. */
export const appealsAt = (by: Authorized, centerId: string) =>
  queryAll({ pk: keys.noShows.appeals(by.tenantId, centerId), newestFirst: true }, appealPointer);

/** The rule of the city where nothing else is read along. */
export const readNoShowRule = async (by: Authorized): Promise<StandingRule> =>
  standingRuleFrom((await getMany([keys.rules.rule(by.tenantId, 'standing')]))[0]);

/** Each no-show with its log, the latest first; `nameOf` names whoever did something. */
export function noShowsFrom(
  lines: readonly NoShowLine[],
  rule: StandingRule,
  nameOf: (personId: string) => string | undefined,
): NoShow[] {
  const shown = [...Map.groupBy(lines, ({ bookingId }) => bookingId).values()].flatMap((own): NoShow[] => {
    // In the order of their steps, not of clocks: whoever comes does so last, for what was decided otherwise is no no-show any more.
    const [first, last] = [own[0], own.at(-1)];
    if (!first || !last) return [];
    const { bookingId, personId, centerId, sessionId, title, date, startsAt } = first;
    const personName = nameOf(personId);
    return [
      {
        bookingId,
        personId,
        ...(personName ? { personName } : {}),
        centerId,
        ...(sessionId ? { sessionId } : {}),
        title,
        date,
        startsAt,
        state: last.after.state,
        countsUntil: countsUntil(date, rule),
        log: own.map(({ what, at, by, as, reason, before, after }) => {
          const byName = by && nameOf(by);
          return {
            what,
            at,
            as,
            before,
            after,
            ...(by ? { by } : {}),
            ...(byName ? { byName } : {}),
            ...(reason ? { reason } : {}),
          };
        }),
      },
    ];
  });
  return shown.sort((one, other) => (one.date + one.startsAt < other.date + other.startsAt ? 1 : -1));
}
