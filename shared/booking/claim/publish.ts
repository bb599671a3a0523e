import type { Authorized } from '../../access/authorize.ts';
import { quartersBetween } from '../../kernel/days.ts';
import { refuse } from '../../kernel/refusal.ts';
import { condition, isNew, type RawItem } from '../../table/conditions.ts';
import { keys } from '../../table/keys.ts';
import type { Write } from '../../table/write.ts';
import { encodeSession, type SessionItem } from '../items/session.ts';

/** A new session; `changed-meanwhile` where it is there already. */
export const sessionWrite = (by: Authorized, session: SessionItem): Write & { item: RawItem } => ({
  key: keys.booking.session(by.tenantId, session.sessionId),
  item: encodeSession(session),
  conditions: [isNew],
});

/**
 * The check, in the transaction that publishes a session, that no closure shuts its center on its date. A closure marks the day before it
 * looks for sessions: so a session that is being published is either refused by this or found by the closure.
 */
export function openDayCheck(by: Authorized, { sessionId, centerId, date }: SessionItem): Write {
  const day = `#day${date.replaceAll('-', '').slice(2)}`;
  return {
    key: keys.centers.center(by.tenantId, centerId),
    names: { '#shut': 'shut', [day]: date },
    conditions: [condition(`open on ${date}`, `attribute_not_exists(#shut.${day})`)],
    meaning: () => refuse('closed', { sessionId, date }),
  };
}

/** The same of one of the resources that it takes: its sheet is not shut at that time. */
export function openSheetCheck(
  by: Authorized,
  { sessionId, date, startsAt, endsAt }: SessionItem,
  resourceId: string,
): Write {
  const quarters = quartersBetween(startsAt, endsAt);
  return {
    key: keys.booking.roomDay(by.tenantId, resourceId, date),
    values: Object.fromEntries(quarters.map((quarter) => [`:q${quarter}`, quarter])),
    conditions: [
      condition('not shut then', `NOT (${quarters.map((quarter) => `contains(closed, :q${quarter})`).join(' OR ')})`),
    ],
    meaning: () => refuse('closed', { sessionId, roomId: resourceId, date }),
  };
}
