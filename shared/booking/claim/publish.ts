import type { Authorized } from '../../access/authorize.ts';
import type { RoomId } from '../../contracts/common.ts';
import { quartersBetween } from '../../kernel/days.ts';
import { refuse } from '../../kernel/refusal.ts';
import { condition, exists, isNew, type RawItem } from '../../table/conditions.ts';
import { keys } from '../../table/keys.ts';
import { update, type Write } from '../../table/write.ts';
import { type RoomEntry, roomDayAttributes } from '../items/day-sheet.ts';
import { encodeSession, type SessionItem } from '../items/session.ts';
import { roomDayKey, sessionKey } from './keys.ts';

/** A new session; `changed-meanwhile` where it is there already. */
export const sessionWrite = (by: Authorized, session: SessionItem): Write & { item: RawItem } => ({
  key: sessionKey(by, session.sessionId),
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
  resourceId: RoomId,
): Write {
  const quarters = quartersBetween(startsAt, endsAt);
  return {
    key: roomDayKey(by, resourceId, date),
    values: Object.fromEntries(quarters.map((quarter) => [`:q${quarter}`, quarter])),
    conditions: [
      condition('not shut then', `NOT (${quarters.map((quarter) => `contains(closed, :q${quarter})`).join(' OR ')})`),
    ],
    meaning: () => refuse('closed', { sessionId, roomId: resourceId, date }),
  };
}

/** The whole day of a resource that nobody has booked or shut yet, with all its entries; `changed-meanwhile` where it is there already. */
export const roomDayWrite = (
  by: Authorized,
  resourceId: RoomId,
  date: string,
  entries: Readonly<Record<string, RoomEntry>>,
): Write & { item: RawItem } => ({
  key: roomDayKey(by, resourceId, date),
  item: roomDayAttributes(entries),
  conditions: [isNew],
});

/** Facts of a session that can be published anew: what is said and asked of it, never its time or its places. */
export const changeableFacts = [
  'providerName',
  'service',
  'title',
  'capacity',
  'minAgeYears',
  'maxAgeYears',
  'grossPriceFen',
  'residentPriceFen',
  'fundingMode',
] as const satisfies readonly (keyof SessionItem)[];

/** New titles, prices, ages and capacity of a session that stands; its places are not touched. Refuses `session-full`. */
export async function changeSession(by: Authorized, session: SessionItem): Promise<void> {
  const names: Record<string, string> = {};
  const values: Record<string, unknown> = { ':capacity': session.capacity };
  const sets: string[] = [];
  const removes: string[] = [];
  for (const fact of changeableFacts) {
    names[`#${fact}`] = fact;
    if (session[fact] === undefined) removes.push(`#${fact}`);
    else {
      values[`:${fact}`] = session[fact];
      sets.push(`#${fact} = :${fact}`);
    }
  }
  await update({
    key: sessionKey(by, session.sessionId),
    update: `SET ${sets.join(', ')}${removes.length > 0 ? ` REMOVE ${removes.join(', ')}` : ''}`,
    names,
    values,
    conditions: [exists, condition('not below what is taken', 'taken <= :capacity')],
    meaning: () => refuse('session-full', { sessionId: session.sessionId }),
  });
}
