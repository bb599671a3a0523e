import type { Authorized } from '../../../../shared/access/authorize.ts';
import { readAgendaDaysBetween } from '../../../../shared/booking/facts/days.ts';
import { readCityRules, roomQuartersOf } from '../../../../shared/booking/items/city-rules.ts';
import type { AgendaDayItem } from '../../../../shared/booking/items/day-sheet.ts';
import { placesFor, type SessionItem } from '../../../../shared/booking/items/session.ts';
import type { Alternative } from '../../../../shared/contracts/series.ts';
import { epochSeconds } from '../../../../shared/kernel/clock.ts';
import {
  addDays,
  civilNow,
  clockTimeOf,
  daysBetween,
  type IsoDate,
  isoWeekOf,
  minutesOf,
  mondayOf,
  QUARTERS_PER_DAY,
  quartersBetween,
} from '../../../../shared/kernel/days.ts';
import { type CenterOpening, readOffering, readRoom } from '../../../centers/index.ts';
import { bufferQuartersOf, readSheets, whyNotBookable, whyNotFree } from '../../../rooms/index.ts';
import { readSessionsOfCenter } from '../../../sessions/index.ts';
import type { SeriesItem } from '../../items.ts';
import { type Slot, sessionIdAt } from '../items.ts';

/** How far from the date wanted another one is still of use. */
const ROOM_DAYS = 7;
const SESSION_DAYS = 14;

export type FindAlternative = (place: Slot) => Promise<Alternative | undefined>;

/** Remembers what was read of each week: occurrences that lie near each other look at the same. */
function byWeek<T>(read: (monday: IsoDate) => Promise<T>): (date: IsoDate) => Promise<T> {
  const weeks = new Map<string, Promise<T>>();
  return (date) => {
    const week = isoWeekOf(date);
    const known = weeks.get(week) ?? read(mondayOf(date));
    weeks.set(week, known);
    return known;
  };
}

/** The date itself, then the days around it, the nearest first. */
const around = (date: IsoDate, days: number): IsoDate[] => [
  date,
  ...Array.from({ length: days }, (_, index) => [addDays(date, index + 1), addDays(date, -index - 1)]).flat(),
];

/** The nearest free place for an occurrence that cannot be had: it is a picture of now, only a claim makes it one's own. */
export function alternativesFor(by: Authorized, head: SeriesItem, opening: CenterOpening): FindAlternative {
  const taken = new Set(head.dates);
  const days = byWeek((monday) =>
    readAgendaDaysBetween(by, head.beneficiaryId, { from: monday, to: addDays(monday, 6) }),
  );
  const dayOf = async (date: IsoDate) => (await days(date)).get(date);
  const now = civilNow(by.now, opening.center.zone);
  const inReach = (date: IsoDate) =>
    date >= now.date && (head.reason !== undefined || daysBetween(now.date, date) <= head.reachDays);
  const find = head.target.kind === 'room' ? roomFinder(by, head, opening) : sessionFinder(by, head, opening);
  // Another date of the series has its own occurrence; on the date itself any time will do.
  return (place) => find(place, dayOf, (date) => inReach(date) && (date === place.date || !taken.has(date)));
}

type DayOf = (date: IsoDate) => Promise<AgendaDayItem | undefined>;
type Finder = (place: Slot, dayOf: DayOf, mayBeOn: (date: IsoDate) => boolean) => Promise<Alternative | undefined>;

const isFree = (day: AgendaDayItem | undefined, startsAt: string, endsAt: string): boolean =>
  !quartersBetween(startsAt, endsAt).some((quarter) => day?.busy.has(quarter));

/** The same length in the same room: the nearest time of that day, else of the nearest day that has one. */
function roomFinder(by: Authorized, { target, reason, reachDays }: SeriesItem, { on, center }: CenterOpening): Finder {
  if (target.kind !== 'room') throw new Error('a room is looked for');
  const { roomId, offeringId } = target;
  const facts = Promise.all([
    readRoom(by, roomId),
    offeringId ? readOffering(by, offeringId) : undefined,
    readCityRules(by),
  ]);
  const sheets = byWeek((monday) =>
    Promise.all([roomId, ...target.with].map((id) => readSheets(by, id, monday, addDays(monday, 6)))),
  );
  const now = civilNow(by.now, center.zone);
  const farthest = reason === undefined ? reachDays : Number.POSITIVE_INFINITY;
  return async (place, dayOf, mayBeOn) => {
    const [room, offering, rules] = await facts;
    if (!room) return undefined;
    const buffers = bufferQuartersOf(room, offering);
    const wanted = minutesOf(place.startsAt);
    const minutes = minutesOf(place.endsAt ?? target.endsAt) - wanted;
    const starts = Array.from({ length: QUARTERS_PER_DAY }, (_, quarter) => quarter * 15)
      .filter((start) => start + minutes <= 24 * 60)
      .sort((a, b) => Math.abs(a - wanted) - Math.abs(b - wanted) || b - a);
    for (const date of around(place.date, ROOM_DAYS).filter(mayBeOn)) {
      const day = await dayOf(date);
      if ((day?.roomQuarters ?? 0) + minutes / 15 > roomQuartersOf(rules)) continue;
      const read = (await sheets(date)).map((week, index) => ({
        roomId: target.with[index - 1] ?? roomId,
        sheet: week.get(date),
      }));
      for (const start of starts) {
        const stretch = { date, startsAt: clockTimeOf(start), endsAt: clockTimeOf(start + minutes) };
        const no =
          whyNotBookable(room, on(date), stretch, now, farthest) ??
          whyNotFree(read, stretch, buffers, epochSeconds(by.now));
        if (!no && isFree(day, stretch.startsAt, stretch.endsAt)) return stretch;
      }
    }
    return undefined;
  };
}

/** The session of the same offering with places left that lies nearest in time. */
function sessionFinder(
  by: Authorized,
  { target, beneficiaryId, centerId }: SeriesItem,
  { center }: CenterOpening,
): Finder {
  if (target.kind !== 'sessions') throw new Error('a session is looked for');
  const { offeringId } = target;
  const now = civilNow(by.now, center.zone);
  const sessions = byWeek(async (monday) => {
    const week = await readSessionsOfCenter(by, centerId, monday, 7);
    return week.filter((session) => session.offeringId === offeringId);
  });
  return async (place, dayOf, mayBeOn) => {
    const weeks = [place.date, addDays(place.date, -SESSION_DAYS), addDays(place.date, SESSION_DAYS)];
    const between = [addDays(place.date, -7), addDays(place.date, 7)];
    const found = (await Promise.all([...new Set([...weeks, ...between].map(mondayOf))].map(sessions))).flat();
    const distance = ({ date, startsAt }: SessionItem) =>
      Math.abs(daysBetween(place.date, date) * 1_440 + minutesOf(startsAt) - minutesOf(place.startsAt));
    const inWindow = ({ date }: SessionItem) => Math.abs(daysBetween(place.date, date)) <= SESSION_DAYS;
    const open = found
      .filter((session) => session.status === 'open' && inWindow(session) && mayBeOn(session.date))
      .filter((session) => session.sessionId !== sessionIdAt(offeringId, place))
      .filter((session) => placesFor(session) > 0 && !session.seats[beneficiaryId])
      .sort((a, b) => distance(a) - distance(b));
    for (const session of open) {
      const { date, startsAt, endsAt, sessionId } = session;
      const started = date === now.date && minutesOf(startsAt) <= now.minutes;
      if (!started && isFree(await dayOf(date), startsAt, endsAt))
        return { date, startsAt, endsAt, sessionId, placesLeft: placesFor(session) };
    }
    return undefined;
  };
}
