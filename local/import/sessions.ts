import { type CenterItem, isOpenFor, type OfferingItem, openingOf } from '../../functions/centers/index.ts';
import type { RoomEntry } from '../../shared/booking/day-sheet.ts';
import type { SessionItem } from '../../shared/booking/session-item.ts';
import { addDays, civilNow, mondayOf, quartersBetween, weekdayOf } from '../../shared/kernel/days.ts';
import { centerOf, sessionIdFor } from '../../shared/table/keys.ts';
import type { Complain } from './catalog.ts';
import type { City } from './city.ts';
import type { Row } from './sheets.ts';

/** What is to be done about one session of the sheet. */
export type SessionStep = {
  readonly line: number;
  readonly session: SessionItem;
  readonly change: 'new' | 'changed' | 'same';
  /** The room's sheet does not hold this session yet. */
  readonly needsRoom: boolean;
};

/** What stands in the city in the weeks that the sheet touches: sessions by id, and each room's day by `roomDayName`. */
export type Standing = {
  readonly sessions: ReadonlyMap<string, SessionItem>;
  readonly roomDays: Map<string, RoomDay>;
};
export type RoomDay = {
  readonly busy: Set<number>;
  readonly entries: Map<string, RoomEntry>;
  /** True when the table has it already. */
  readonly stands: boolean;
};

export const roomDayName = (roomId: string, date: string): string => `${roomId}#${date}`;

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
  };
}

/** The facts of a session that an import may change; never its places, its status, its time or its room. */
export const importedFacts = [
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

const sameFacts = (a: SessionItem, b: SessionItem): boolean =>
  importedFacts.every((fact) => JSON.stringify(a[fact]) === JSON.stringify(b[fact]));

/** Enters a session in the room's day. False when another has the room at that time. */
function takesRoom(roomDays: Map<string, RoomDay>, { roomId = '', date, sessionId, startsAt, endsAt }: SessionItem) {
  const name = roomDayName(roomId, date);
  const day: RoomDay = roomDays.get(name) ?? { busy: new Set(), entries: new Map(), stands: false };
  roomDays.set(name, day);
  if (day.entries.has(sessionId)) return 'held';
  const quarters = quartersBetween(startsAt, endsAt);
  if (quarters.some((quarter) => day.busy.has(quarter))) return 'taken';
  for (const quarter of quarters) day.busy.add(quarter);
  day.entries.set(sessionId, { s: startsAt, e: endsAt });
  return 'entered';
}

function stepFor(line: number, wanted: SessionItem, standing: Standing, complain: Complain): SessionStep | undefined {
  const existing = standing.sessions.get(wanted.sessionId);
  if (existing && (existing.endsAt !== wanted.endsAt || existing.roomId !== wanted.roomId)) {
    complain(line, existing.endsAt === wanted.endsAt ? 'room' : 'endsAt', 'session-stands', wanted.sessionId);
    return undefined;
  }
  if (existing && wanted.capacity < existing.taken) {
    complain(line, 'capacity', 'capacity-below-taken', wanted.sessionId);
    return undefined;
  }
  const room = wanted.roomId ? takesRoom(standing.roomDays, wanted) : 'held';
  if (room === 'taken') {
    complain(line, 'room', 'room-taken', `${wanted.roomId} ${wanted.date} ${wanted.startsAt}–${wanted.endsAt}`);
    return undefined;
  }
  const change = !existing ? 'new' : sameFacts(existing, wanted) ? 'same' : 'changed';
  return { line, session: wanted, change, needsRoom: room === 'entered' };
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

/**
 * Sessions of each term, one for each date on which the center is open for the whole of it; closures (holidays, exceptions) are
 * skipped and counted. A time that even the regular hours of the weekday do not cover is a mistake of the sheet and is reported, as is
 * a room that another session or booking has.
 */
export function planSessions(
  city: City,
  terms: Terms,
  standing: Standing,
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
      if (!isOpenFor(openingOf({ weekly, exceptions, overrides }, date), row.startsAt, row.endsAt)) skipped += 1;
      else {
        const step = stepFor(line, sessionOf(offering, date, row), standing, complain);
        if (step) steps.push(step);
      }
    }
  }
  return { steps, skipped };
}
