import type { CenterId } from '../../../../shared/contracts/common.ts';
import type { WhitelistEntry } from '../../../../shared/contracts/operators.ts';
import { daysBetween, type IsoDate } from '../../../../shared/kernel/days.ts';
import type { OperatorSession } from '../../entities/operators/operators.ts';

export type EntryState = 'active' | 'coming' | 'expired' | 'suspended' | 'removed';

/** What an entry is worth today: its status, and for an active one whether today lies in its dates. */
export function entryStateOf({ status, validFrom, validUntil }: WhitelistEntry, today: IsoDate): EntryState {
  if (status !== 'active') return status;
  if (today < validFrom) return 'coming';
  return today > validUntil ? 'expired' : 'active';
}

const WARN_DAYS = 30;

/** Days until an entry that is worth something ends, when that is soon: 0 on its last day. */
export function daysToRenew(entry: WhitelistEntry, today: IsoDate): number | undefined {
  if (entryStateOf(entry, today) !== 'active') return undefined;
  const days = daysBetween(today, entry.validUntil);
  return days <= WARN_DAYS ? days : undefined;
}

type DayOfSessions = { date: IsoDate; centers: { centerId: CenterId; sessions: OperatorSession[] }[] };

/** Sessions by date, then by center, in the order they come in. */
export function byDateAndCenter(sessions: readonly OperatorSession[]): DayOfSessions[] {
  return runs(sessions, ({ date }) => date).map(([date, ofDay]) => ({
    date,
    centers: runs(ofDay, ({ centerId }) => centerId).map(([centerId, ofCenter]) => ({ centerId, sessions: ofCenter })),
  }));
}

/** Neighbors with the same name, together. */
function runs<T>(list: readonly T[], nameOf: (item: T) => string): [string, T[]][] {
  const found: [string, T[]][] = [];
  for (const item of list) {
    const last = found.at(-1);
    if (last?.[0] === nameOf(item)) last[1].push(item);
    else found.push([nameOf(item), [item]]);
  }
  return found;
}
