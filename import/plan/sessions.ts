import { type CenterItem, isOpenFor, type OfferingItem, openingOf } from '../../functions/centers/index.ts';
import { closureOver, type readClosuresInForce } from '../../functions/closures/index.ts';
import { changeableFacts } from '../../shared/booking/claim/publish.ts';
import type { RoomEntry } from '../../shared/booking/items/day-sheet.ts';
import type { SessionItem } from '../../shared/booking/items/session.ts';
import type { CenterId, RoomId } from '../../shared/contracts/common.ts';
import { addDays, civilNow, mondayOf, quartersBetween, weekdayOf } from '../../shared/kernel/days.ts';
import { centerOf, sessionIdFor } from '../../shared/table/keys.ts';
import type { Complain } from '../sheets/complain.ts';
import type { Row } from '../sheets/sheets.ts';
import type { City } from './city.ts';

/** What is to be done about one session of the sheet. */
export type SessionStep = {
  readonly line: number;
  readonly session: SessionItem;
  readonly change: 'new' | 'changed' | 'same';
  /** Resources whose sheets do not hold this session yet: its room, its teacher. */
  readonly needs: readonly string[];
};

/** What stands in the city in the weeks that the sheet touches: sessions by id, and each room's day by `roomDayName`. */
export type StoredSessions = {
  readonly sessions: ReadonlyMap<string, SessionItem>;
  readonly roomDays: Map<string, RoomDay>;
  /** By center: closures that have not been lifted. */
  readonly closures: ReadonlyMap<string, Closures>;
};
export type Closures = Awaited<ReturnType<typeof readClosuresInForce>>;
export type RoomDay = {
  readonly busy: Set<number>;
  readonly entries: Map<string, RoomEntry>;
  /** True when the table has it already. */
  readonly stands: boolean;
};

export const roomDayName = (roomId: RoomId, date: string): string => `${roomId}#${date}`;

/** Dates of a weekly pattern: in each of so many weeks, from the week of `from` on, the named weekdays; none before `from`. */
export function datesOf(from: string, weeks: number, weekdays: readonly number[]): string[] {
  const monday = mondayOf(from);
  const days = Array.from({ length: weeks }, (_, week) => weekdays.map((day) => addDays(monday, week * 7 + day - 1)));
  return days.flat().filter((date) => date >= from);
}

function sessionOf(offering: OfferingItem, date: string, row: Row<'sessions'>['row']): SessionItem {
  const { offeringId, centerId, providerId, providerName, service, title } = offering;
  return {
    is: 'session',
    sessionId: sessionIdFor(offeringId, date, row.startsAt),
    offeringId,
    centerId,
    providerId,
    providerName,
    service,
    title,
    date,
    startsAt: row.startsAt,
    endsAt: row.endsAt,
    capacity: row.capacity,
    taken: 0,
    seats: {},
    tail: {},
    blocks: {},
    queue: [],
    lastNumber: 0,
    decisions: 0,
    freed: 0,
    takenPriority: 0,
    status: 'open',
    ...(offering.minAgeYears === undefined ? {} : { minAgeYears: offering.minAgeYears }),
    ...(offering.maxAgeYears === undefined ? {} : { maxAgeYears: offering.maxAgeYears }),
    grossPriceFen: offering.grossPriceFen,
    residentPriceFen: offering.residentPriceFen,
    fundingMode: offering.fundingMode,
    ...(row.room ? { roomId: row.room } : {}),
    ...(row.with?.length ? { with: row.with } : {}),
  };
}

const sameFacts = (a: SessionItem, b: SessionItem): boolean =>
  changeableFacts.every((fact) => JSON.stringify(a[fact]) === JSON.stringify(b[fact]));

/** Everything that a session takes: its room, and who or what else. */
export const resourcesOf = ({ roomId, with: others = [] }: Pick<SessionItem, 'roomId' | 'with'>): string[] =>
  roomId ? [roomId, ...others] : [...others];

/** Enters a session in the day of each of its resources, or of none when another has one of them at that time. */
function takesAll(roomDays: Map<string, RoomDay>, session: SessionItem): { needs: string[] } | { taken: string } {
  const { date, sessionId, startsAt, endsAt } = session;
  const quarters = quartersBetween(startsAt, endsAt);
  const days = resourcesOf(session).map((resourceId) => {
    const name = roomDayName(resourceId, date);
    const day: RoomDay = roomDays.get(name) ?? { busy: new Set(), entries: new Map(), stands: false };
    roomDays.set(name, day);
    return { resourceId, day };
  });
  const wanting = days.filter(({ day }) => !day.entries.has(sessionId));
  const taken = wanting.find(({ day }) => quarters.some((quarter) => day.busy.has(quarter)));
  if (taken) return { taken: taken.resourceId };
  for (const { day } of wanting) {
    for (const quarter of quarters) day.busy.add(quarter);
    day.entries.set(sessionId, { startsAt, endsAt });
  }
  return { needs: wanting.map(({ resourceId }) => resourceId) };
}

/**
 * Whether a closure stands in the way of a session that is not there yet, which is then reported with its reason. One that was there
 * before has been shut by it.
 */
export function complainOfClosure(
  closures: Closures | undefined,
  { line, session }: Pick<SessionStep, 'line' | 'session'>,
  complain: Complain,
): boolean {
  const over = closures && closureOver(closures, session);
  if (!over) return false;
  const { what, reason, closureId } = over;
  const column =
    what.kind === 'day' ? 'from' : session.roomId === (what.kind === 'resource' && what.roomId) ? 'room' : 'with';
  complain(line, column, 'closed', `${session.date} ${session.startsAt} ${reason.zh} ${closureId}`);
  return true;
}

function stepFor(
  line: number,
  wanted: SessionItem,
  stored: StoredSessions,
  complain: Complain,
): SessionStep | undefined {
  const existing = stored.sessions.get(wanted.sessionId);
  if (existing && (existing.endsAt !== wanted.endsAt || existing.roomId !== wanted.roomId)) {
    complain(line, existing.endsAt === wanted.endsAt ? 'room' : 'endsAt', 'session-stands', wanted.sessionId);
    return undefined;
  }
  if (existing && wanted.capacity < existing.taken) {
    complain(line, 'capacity', 'capacity-below-taken', wanted.sessionId);
    return undefined;
  }
  if (existing && (existing.with ?? []).join() !== (wanted.with ?? []).join()) {
    complain(line, 'with', 'session-stands', wanted.sessionId);
    return undefined;
  }
  const took = takesAll(stored.roomDays, wanted);
  if ('taken' in took) {
    const column = took.taken === wanted.roomId ? 'room' : 'with';
    complain(line, column, 'room-taken', `${took.taken} ${wanted.date} ${wanted.startsAt}–${wanted.endsAt}`);
    return undefined;
  }
  const change = !existing ? 'new' : sameFacts(existing, wanted) ? 'same' : 'changed';
  return { line, session: wanted, change, needs: took.needs };
}

/** A teacher, a clinician or a piece of equipment of this center; a second room is no part of a session. */
function isOfCenter(city: City, centerId: CenterId, resourceId: RoomId): boolean {
  const resource = city.rooms.get(resourceId);
  return resource !== undefined && resource.kind !== 'room' && resource.centerId === centerId;
}

/** What a row wants: its offering, center and dates, after all checks that need no session to be there. */
type Term = { readonly offering: OfferingItem; readonly center: CenterItem; readonly dates: string[] };

function termOf(city: City, now: Date, { line, row }: Row<'sessions'>, complain: Complain): Term | undefined {
  const offering = city.offerings.get(row.offering);
  const center = city.centers.get(centerOf(row.offering));
  if (!offering || !center) complain(line, 'offering', 'unknown-offering', row.offering);
  else if (row.endsAt <= row.startsAt) complain(line, 'endsAt', 'ends', row.endsAt);
  else if (row.room && !city.rooms.has(row.room)) complain(line, 'room', 'unknown-room', row.room);
  else if (row.room && centerOf(row.room) !== center.centerId) complain(line, 'room', 'other-center', row.room);
  else if (row.with?.some((resourceId) => !isOfCenter(city, center.centerId, resourceId)))
    complain(line, 'with', 'unknown-room', (row.with ?? []).join('|'));
  else {
    const from = row.from === 'this-week' ? mondayOf(civilNow(now, center.zone).date) : row.from;
    return { offering, center, dates: datesOf(from, row.weeks, row.weekdays) };
  }
  return undefined;
}

export type Terms = readonly (Term & Row<'sessions'>)[];

/** Every row of the sheet whose offering, room and times are sound, with its dates. */
export function termsOf(city: City, now: Date, rows: readonly Row<'sessions'>[], complain: Complain): Terms {
  return rows.flatMap((row) => {
    const term = termOf(city, now, row, complain);
    return term ? [{ ...row, ...term }] : [];
  });
}

/** What the center says of its days by itself, without what closures have made of them. */
function ownExceptions({ exceptions, shut = {} }: CenterItem): CenterItem['exceptions'] {
  const own = { ...exceptions };
  for (const [date, { was }] of Object.entries(shut))
    if (was) own[date] = was;
    else delete own[date];
  return own;
}

/**
 * Sessions of each term, one for each date on which the center is open for the whole of it; days on which it is not (holidays,
 * exceptions) are skipped and counted, but one that a closure shuts is reported with its reason. A time that even the regular hours of the weekday do not cover is a mistake of the sheet and is reported, as is
 * a room that another session or booking has.
 */
export function planSessions(
  city: City,
  terms: Terms,
  stored: StoredSessions,
  complain: Complain,
): { steps: SessionStep[]; skipped: number } {
  const overrides = Object.assign({}, ...[...city.calendar.values()].map(({ days }) => days));
  const steps: SessionStep[] = [];
  let skipped = 0;
  for (const { line, row, offering, center, dates } of terms) {
    const { weekly, exceptions } = center;
    const neverOpen = row.weekdays.filter((weekday) => {
      const hours = weekly[String(weekday) as keyof typeof weekly] ?? [];
      return !isOpenFor({ date: '', reason: 'regular', hours }, row.startsAt, row.endsAt);
    });
    for (const weekday of neverOpen) complain(line, 'weekdays', 'outside-opening-hours', String(weekday));
    for (const date of dates) {
      if (neverOpen.includes(weekdayOf(date))) continue;
      const wanted = sessionOf(offering, date, row);
      const isNew = !stored.sessions.has(wanted.sessionId);
      const opening = openingOf({ weekly, exceptions: isNew ? ownExceptions(center) : exceptions, overrides }, date);
      if (!isOpenFor(opening, row.startsAt, row.endsAt)) skipped += 1;
      else if (
        !isNew ||
        !complainOfClosure(stored.closures.get(center.centerId), { line, session: wanted }, complain)
      ) {
        const step = stepFor(line, wanted, stored, complain);
        if (step) steps.push(step);
      }
    }
  }
  return { steps, skipped };
}
