import type { Authorized } from '../../../../shared/access/authorize.ts';
import type { Applicant } from '../../../../shared/booking/book/eligibility.ts';
import { hasAttended } from '../../../../shared/booking/facts/bookings.ts';
import { readAgendaDay, readRoomDaysOfWeek } from '../../../../shared/booking/facts/days.ts';
import { readSessionsOfWeek } from '../../../../shared/booking/facts/sessions.ts';
import { readCityRules, roomQuartersOf } from '../../../../shared/booking/items/city-rules.ts';
import type { AgendaDayItem, PlacedRoomDay } from '../../../../shared/booking/items/day-sheet.ts';
import type { SessionItem } from '../../../../shared/booking/items/session.ts';
import type { CityRules } from '../../../../shared/contracts/city-rules.ts';
import type {
  BookingId,
  CenterId,
  Localized,
  OfferingId,
  OperatorId,
  PersonId,
  RoomId,
} from '../../../../shared/contracts/common.ts';
import { instantOf, isoWeekOf, quartersBetween } from '../../../../shared/kernel/days.ts';
import {
  type CenterItem,
  type CenterOpening,
  type OfferingItem,
  type RoomItem,
  readCatalog,
  readCenters,
  readOpening,
} from '../../../centers/index.ts';
import { readWhitelistEntry } from '../../../operators/index.ts';
import type { CaseItem } from '../../cases/items.ts';
import { readApplicant } from '../../store/people.ts';
import type { Found } from '../items.ts';
import { NOTICE_MINUTES } from '../rules.ts';

export type Catalog = { readonly rooms: readonly RoomItem[]; readonly offerings: readonly OfferingItem[] };

const nameOfSheet = (ownerId: RoomId | PersonId, date: string): string => `${ownerId}#${date}`;

/**
 * What the neighborhood has, read once for many cases of one closure, and what of it has ended or been given away since: the claims decide, this only
 * spares most of those that would be refused, and lets a preview tell people apart who would get the same place.
 */
export class Nearby {
  readonly by: Authorized;
  readonly #read = new Map<string, Promise<unknown>>();
  readonly #seats = new Map<string, Set<string>>();
  readonly #quarters = new Map<string, Set<number>>();
  readonly #roomQuarters = new Map<string, number>();
  readonly #ended = new Set<string>();

  constructor(by: Authorized) {
    this.by = by;
  }

  #once<T>(name: string, read: () => Promise<T>): Promise<T> {
    const stored = this.#read.get(name) as Promise<T> | undefined;
    if (stored) return stored;
    const reading = read();
    this.#read.set(name, reading);
    return reading;
  }

  /** What the city has set: how far ahead one books, and how long rooms a day. */
  rules(): Promise<CityRules> {
    return this.#once('rules', () => readCityRules(this.by));
  }

  /** The center itself, then the others of its district. */
  async centersAround(centerId: CenterId): Promise<CenterItem[]> {
    const all = await this.#once('centers', () => readCenters(this.by));
    const own = all.find((center) => center.centerId === centerId);
    if (!own) return [];
    return [own, ...all.filter((center) => center !== own && center.district === own.district)];
  }

  catalog(centerId: CenterId): Promise<Catalog> {
    return this.#once(`catalog ${centerId}`, () => readCatalog(this.by, centerId));
  }

  opening(centerId: CenterId, from: string, to: string): Promise<CenterOpening> {
    return this.#once(`opening ${centerId} ${from} ${to}`, () => readOpening(this.by, centerId, from, to));
  }

  sessions(centerId: CenterId, week: string): Promise<SessionItem[]> {
    return this.#once(`sessions ${centerId} ${week}`, () => readSessionsOfWeek(this.by, centerId, week));
  }

  sheets(centerId: CenterId, week: string): Promise<ReadonlyMap<string, PlacedRoomDay>> {
    return this.#once(`sheets ${centerId} ${week}`, async () => {
      const sheets = await readRoomDaysOfWeek(this.by, centerId, week);
      return new Map(sheets.map((sheet) => [nameOfSheet(sheet.roomId, sheet.date), sheet]));
    });
  }

  whitelistEntry(operatorId: OperatorId, centerId: CenterId) {
    return this.#once(`whitelist ${operatorId} ${centerId}`, () => readWhitelistEntry(this.by, operatorId, centerId));
  }

  person(personId: PersonId): Promise<Applicant | undefined> {
    return this.#once(`person ${personId}`, () => readApplicant(this.by, personId));
  }

  /** Whether the person has been to a session of that offering. */
  hasAttended(personId: PersonId, offeringId: OfferingId): Promise<boolean> {
    return this.#once(`attended ${personId} ${offeringId}`, () => hasAttended(this.by, personId, offeringId));
  }

  /** Whether the person has that time to themselves; what they lose is not in its way. For a room: within the city's limit of a day. */
  async isFree(lost: CaseItem, place: Pick<Found, 'kind' | 'date' | 'startsAt' | 'endsAt'>): Promise<boolean> {
    const { personId } = lost;
    const { date, startsAt, endsAt } = place;
    const read = () => readAgendaDay(this.by, personId, date);
    const day = await this.#once<AgendaDayItem | undefined>(`day ${lost.bookingId} ${date}`, read);
    const own = quartersBetween(startsAt, endsAt);
    const given = this.#quarters.get(nameOfSheet(personId, date));
    const others = Object.entries(day?.entries ?? {}).filter(([bookingId]) => bookingId !== lost.bookingId);
    const busy = new Set(others.flatMap(([, taken]) => quartersBetween(taken.startsAt, taken.endsAt)));
    if (own.some((quarter) => busy.has(quarter) || given?.has(quarter))) return false;
    if (place.kind === 'session') return true;
    const back =
      day?.entries[lost.bookingId] && lost.kind === 'room' ? quartersBetween(lost.startsAt, lost.endsAt) : [];
    const kept = this.#roomQuarters.get(nameOfSheet(personId, date)) ?? 0;
    const used = (day?.roomQuarters ?? 0) - back.length + kept;
    return used + own.length <= roomQuartersOf(await this.rules());
  }

  /** Places of a session given to people whom it did not show when it was read. */
  seatsGiven({ sessionId, seats }: Pick<SessionItem, 'sessionId' | 'seats'>): number {
    return [...(this.#seats.get(sessionId) ?? [])].filter((personId) => !seats[personId]).length;
  }

  /** Remembers that a booking has ended, or would have: on the sheets as they were read it stands in nobody's way, least of all its own. */
  end(bookingId: BookingId): void {
    this.#ended.add(bookingId);
  }
  isOver = (bookingId: BookingId): boolean => this.#ended.has(bookingId);

  /** Quarter-hours of a resource given to others since its sheet was read. */
  quartersGiven = (roomId: RoomId, date: string): ReadonlySet<number> =>
    this.#quarters.get(nameOfSheet(roomId, date)) ?? new Set();

  /** Somebody else has taken something of a place: where it lies is read anew. */
  forget({ kind, centerId, date }: Pick<Found, 'kind' | 'centerId' | 'date'>): void {
    this.#read.delete(`${kind === 'room' ? 'sheets' : 'sessions'} ${centerId} ${isoWeekOf(date)}`);
  }

  /** Remembers that somebody has been given a place. */
  give(personId: PersonId, place: Found): void {
    const { date, startsAt, endsAt } = place;
    const own = quartersBetween(startsAt, endsAt);
    if (place.sessionId) {
      const given = this.#seats.get(place.sessionId) ?? new Set();
      this.#seats.set(place.sessionId, given.add(personId));
    }
    if (place.kind === 'room') {
      const name = nameOfSheet(personId, date);
      this.#roomQuarters.set(name, (this.#roomQuarters.get(name) ?? 0) + own.length);
    }
    const sheets = place.roomId && place.kind === 'room' ? [place.roomId, ...place.with] : [];
    for (const owner of [personId, ...sheets]) {
      const name = nameOfSheet(owner, date);
      this.#quarters.set(name, new Set([...(this.#quarters.get(name) ?? []), ...own]));
    }
  }
}

/** The names of the center's rooms, read once. */
export function roomNames(
  by: Authorized,
  { centerId }: { centerId: CenterId },
): (roomId: RoomId) => Promise<Localized> {
  const nearby = new Nearby(by);
  return async (roomId) => {
    const { rooms } = await nearby.catalog(centerId);
    return rooms.find((room) => room.roomId === roomId)?.name ?? { zh: roomId, en: roomId };
  };
}

/** Whether a place begins too soon to be offered. */
export const isSoon = (nearby: Nearby, date: string, startsAt: string): boolean =>
  instantOf(date, startsAt).getTime() < nearby.by.now.getTime() + NOTICE_MINUTES * 60_000;
