import type { Authorized } from '../../access/authorize.ts';
import type { BookingId, CenterId, PersonId } from '../../contracts/common.ts';
import type { NoShow, NoShowRule } from '../../contracts/no-shows.ts';
import { keys } from '../../table/keys.ts';
import { getMany, queryAll } from '../../table/read.ts';
import { countsUntil, noShowRuleFrom } from './limit.ts';
import { appealPointer, type NoShowLogItem, noShowLogItem } from './no-shows.ts';

/** The log of a person's no-shows of `since` (a civil date) and later, in its order. */
export function readNoShowLogSince(by: Authorized, personId: PersonId, since: string): Promise<NoShowLogItem[]> {
  const between = [`NOSHOW#${since.replaceAll('-', '')}`, 'NOSHOW#~'] as const;
  return queryAll({ pk: keys.booking.agenda(by.tenantId, personId), between }, noShowLogItem);
}

/** The log of one of them. */
export const readNoShowLogOf = (by: Authorized, personId: PersonId, bookingId: BookingId): Promise<NoShowLogItem[]> =>
  queryAll({ pk: keys.booking.agenda(by.tenantId, personId), begins: `NOSHOW#${bookingId}#` }, noShowLogItem);

/** Which no-shows of a center somebody has contested, the latest first. */
export const readAppeals = (by: Authorized, centerId: CenterId) =>
  queryAll({ pk: keys.noShows.appeals(by.tenantId, centerId), newestFirst: true }, appealPointer);

/** The rule of the city where nothing else is read along. */
export const readNoShowRule = async (by: Authorized): Promise<NoShowRule> =>
  noShowRuleFrom((await getMany([keys.rules.rule(by.tenantId, 'standing')]))[0]);

/** Each no-show with its log, the latest first; `nameOf` names whoever did something. */
export function noShowsFrom(
  lines: readonly NoShowLogItem[],
  rule: NoShowRule,
  nameOf: (personId: PersonId) => string | undefined,
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
