import type { Authorized } from '../../shared/access/authorize.ts';
import { rowFactFrom, rowFactKey } from '../../shared/booking/facts/bookings.ts';
import { type CounterName, counterFactFrom, counterFactKey } from '../../shared/booking/facts/counters.ts';
import {
  agendaDayFactFrom,
  agendaDayFactKey,
  readListedRoomDays,
  readListedRoomDaysOfWeek,
  readRoomDaysOn,
  roomDayFactFrom,
  roomDayFactKey,
} from '../../shared/booking/facts/days.ts';
import type { BookingRow } from '../../shared/booking/items/booking-row.ts';
import { cityRulesFactKey, cityRulesFrom } from '../../shared/booking/items/city-rules.ts';
import type { CounterItem } from '../../shared/booking/items/counter.ts';
import {
  type AgendaDayItem,
  type OccupiedDay,
  type RoomDayItem,
  type RoomEntry,
  roomDayItem,
} from '../../shared/booking/items/day-sheet.ts';
import type { CityRules } from '../../shared/contracts/city-rules.ts';
import type { BookingId, CenterId, HouseholdId, OfferingId, PersonId, RoomId } from '../../shared/contracts/common.ts';
import type { TenantId } from '../../shared/contracts/id.ts';
import { refuse } from '../../shared/kernel/refusal.ts';
import type { RawItem } from '../../shared/table/conditions.ts';
import type { ReadableKey } from '../../shared/table/keys.ts';
import { getMany, parsedItem } from '../../shared/table/read.ts';
import {
  type CenterOpening,
  type OfferingItem,
  offeringFactFrom,
  offeringFactKey,
  openingFrom,
  openingKeys,
  type RoomItem,
  type RoomOpening,
  readOffering,
  roomFactFrom,
  roomFactKey,
  roomOpeningFrom,
  roomOpeningKeys,
} from '../centers/index.ts';
import { profileFactFrom, profileFactKey } from '../people/index.ts';
import type { ReadSheet } from './rules.ts';

/** What a room is and when it is open, in one call. Refuses `not-found`. */
export async function readRoomOpening(
  by: Authorized,
  roomId: RoomId,
  from: string,
  to: string,
): Promise<RoomOpening & { readonly rules: CityRules }> {
  const wanted = [cityRulesFactKey(by.tenantId), ...roomOpeningKeys(by.tenantId, roomId, from, to)];
  const [rules, ...opening] = await getMany(wanted);
  return { ...roomOpeningFrom(opening), rules: cityRulesFrom(rules) };
}

/** The same of a whole center. Refuses `not-found`. */
export async function readCenterOpening(
  by: Authorized,
  centerId: CenterId,
  from: string,
  to: string,
): Promise<CenterOpening & { readonly rules: CityRules }> {
  const [rules, ...opening] = await getMany([
    cityRulesFactKey(by.tenantId),
    ...openingKeys(by.tenantId, centerId, from, to),
  ]);
  return { ...openingFrom(opening), rules: cityRulesFrom(rules) };
}

/** What kind of use of a room. Refuses `not-found`. */
export async function readRequiredOffering(by: Authorized, offeringId: OfferingId): Promise<OfferingItem> {
  const found = await readOffering(by, offeringId);
  if (!found) throw refuse('not-found', { offeringId });
  return found;
}

/** When a room is taken, by date: one query for each ISO week touched. A date without a sheet is missing. */
export async function readSheets(
  by: Authorized,
  roomId: RoomId,
  from: string,
  to: string,
): Promise<ReadonlyMap<string, OccupiedDay>> {
  const sheets = await readListedRoomDays(by, roomId, { from, to });
  return new Map(sheets.map((sheet) => [sheet.date, sheet]));
}

/** When all resources of a center are taken in an ISO week, by `<resource>#<date>`: one query, which is how they lie together. */
export async function readSheetsOfWeek(
  by: Authorized,
  centerId: CenterId,
  week: string,
): Promise<ReadonlyMap<string, OccupiedDay>> {
  const sheets = await readListedRoomDaysOfWeek(by, centerId, week);
  return new Map(sheets.map((sheet) => [`${sheet.roomId}#${sheet.date}`, sheet]));
}

/** The bookings of all rooms of a center on one date: one query of the week, which is how a center's sheets lie together. */
export async function readRoomBookings(
  by: Authorized,
  centerId: CenterId,
  date: string,
): Promise<{ roomId: RoomId; bookingId: BookingId; entry: RoomEntry }[]> {
  const sheets = await readRoomDaysOn(by, centerId, date);
  return sheets.flatMap(({ roomId, entries }) =>
    Object.entries(entries).map(([bookingId, entry]) => ({ roomId, bookingId, entry })),
  );
}

/** All that a room booking is decided by. */
export type BookingFacts = RoomOpening & {
  /** The row that stands under the booking's id: the same request was answered before. */
  readonly stored: BookingRow | undefined;
  readonly offering: OfferingItem | undefined;
  readonly resources: readonly RoomItem[];
  /** The beneficiary's own day, to refuse before anything is claimed. */
  readonly ownDay: AgendaDayItem | undefined;
  /** The day of the room, and of what comes with it: whoever would lose there is told before anything is claimed. */
  readonly sheets: readonly ReadSheet<RoomDayItem>[];
  /** What the city has set for itself. */
  readonly rules: CityRules;
  /** Counters that were guessed to be asked about, by {@link counterNamed}. */
  readonly counters: ReadonlyMap<string, CounterItem>;
  /** The household of the beneficiary. */
  readonly householdId: HouseholdId | undefined;
};

export type WantedFacts = {
  readonly roomId: RoomId;
  readonly date: string;
  readonly beneficiaryId: PersonId;
  readonly bookingId: BookingId;
  readonly offeringId?: OfferingId | undefined;
  readonly with: readonly string[];
  readonly counters: readonly CounterName[];
};

/** One name for whose counter, and which. */
export const counterNamed = ({ of, id }: CounterName): string => `${of} ${id}`;

/** The items behind {@link bookingFactsFrom}, to be read in one call with the rights of the actor. */
export function bookingFactKeys(
  tenantId: TenantId,
  { roomId, date, beneficiaryId, bookingId, offeringId, with: others, counters }: WantedFacts,
): ReadableKey[] {
  return [
    rowFactKey(tenantId, beneficiaryId, bookingId),
    agendaDayFactKey(tenantId, beneficiaryId, date),
    profileFactKey(tenantId, beneficiaryId),
    cityRulesFactKey(tenantId),
    ...counters.map((counter) => counterFactKey(tenantId, counter)),
    ...(offeringId ? [offeringFactKey(tenantId, offeringId)] : []),
    ...others.map((resourceId) => roomFactKey(tenantId, resourceId)),
    ...[roomId, ...others].map((resourceId) => roomDayFactKey(tenantId, resourceId, date)),
    ...roomOpeningKeys(tenantId, roomId, date, date),
  ];
}

/** Makes sense of the items of {@link bookingFactKeys}, in their order. Refuses `not-found` for what is not there. */
export function bookingFactsFrom(
  [row, day, profile, rules, ...found]: readonly (RawItem | undefined)[],
  { roomId, offeringId, with: others, counters }: Pick<WantedFacts, 'roomId' | 'offeringId' | 'with' | 'counters'>,
): BookingFacts {
  const rest = found.slice(counters.length);
  const [offering, ...after] = offeringId ? rest : [undefined, ...rest];
  if (offeringId && !offering) throw refuse('not-found', { offeringId });
  const resources = others.map((resourceId, index) => {
    const room = roomFactFrom(after[index]);
    if (!room) throw refuse('not-found', { roomId: resourceId });
    return room;
  });
  const days = after.slice(others.length);
  const sheets = [roomId, ...others].map((resourceId, index) => ({
    roomId: resourceId,
    sheet: roomDayFactFrom(days[index]),
  }));
  return {
    ...roomOpeningFrom(days.slice(sheets.length)),
    sheets,
    offering: offeringFactFrom(offering),
    resources,
    stored: rowFactFrom(row),
    ownDay: agendaDayFactFrom(day),
    rules: cityRulesFrom(rules),
    counters: new Map(counters.map((counter, index) => [counterNamed(counter), counterFactFrom(found[index])])),
    householdId: profileFactFrom(profile)?.householdId,
  };
}

/** The entry that a room's sheet, as it came from the table, holds under this id. */
export function entryHeld(sheet: RawItem, bookingId: BookingId): RoomEntry {
  const entry = parsedItem(roomDayItem, sheet).entries[bookingId];
  if (!entry) throw new Error(`the sheet holds no entry ${bookingId}`);
  return entry;
}
