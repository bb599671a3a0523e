import { type BookingRow, bookingRow } from '../../shared/booking/items/booking-row.ts';
import {
  type AgendaDayItem,
  agendaDayItem,
  type RoomDayItem,
  type RoomEntry,
  roomDayItem,
} from '../../shared/booking/items/day-sheet.ts';
import { type Order, order } from '../../shared/booking/items/order.ts';
import { isActive } from '../../shared/booking/row/states.ts';
import { quartersBetween } from '../../shared/kernel/days.ts';
import { keys } from '../../shared/table/keys.ts';
import { get, getMany, parsedItem, queryAll } from '../../shared/table/read.ts';
import { storedSession } from './builders.ts';
import { tenants } from './tenants.ts';

/** What the table holds of claims, and whether everything that is derived from them says the same. */

const none = () => new Set<number>();
const nothing = { busy: none(), pre: none(), post: none(), closed: none(), entries: {}, ended: {} };

export async function storedRoomDay(roomId: string, date: string): Promise<RoomDayItem> {
  return (await get(keys.booking.roomDay(tenants()[0], roomId, date), roomDayItem)) ?? nothing;
}

export async function storedAgendaDay(personId: string, date: string): Promise<AgendaDayItem> {
  const [day] = await storedAgendaDays(personId, [date]);
  if (!day) throw new Error('one date, one day');
  return day;
}

/** The days of a person, in the order of the dates. */
export async function storedAgendaDays(personId: string, dates: readonly string[]): Promise<AgendaDayItem[]> {
  const items = await getMany(dates.map((date) => keys.booking.agendaDay(tenants()[0], personId, date)));
  return items.map((item) => (item ? parsedItem(agendaDayItem, item) : { ...nothing, roomQuarters: 0 }));
}

/** The sheets of a room, in the order of the dates. */
export async function storedRoomDays(roomId: string, dates: readonly string[]): Promise<RoomDayItem[]> {
  const items = await getMany(dates.map((date) => keys.booking.roomDay(tenants()[0], roomId, date)));
  return items.map((item) => (item ? parsedItem(roomDayItem, item) : nothing));
}

/** The booking rows of a person, whatever their state. */
export function storedRows(personId: string): Promise<BookingRow[]> {
  return queryAll({ pk: keys.booking.agenda(tenants()[0], personId), begins: 'BOOKING#' }, bookingRow);
}

export function storedOrder(orderId: string): Promise<Order | undefined> {
  return get(keys.booking.order(tenants()[0], orderId), order);
}

export type Scene = {
  readonly sessionIds?: readonly string[];
  readonly roomIds?: readonly string[];
  /** Days on which anything can have been claimed. */
  readonly dates: readonly string[];
  /** Everybody who can have claimed anything. */
  readonly personIds: readonly string[];
};

type Claim = {
  bookingId: string;
  personId: string;
  date: string;
  startsAt: string;
  endsAt: string;
  what: string;
  /** An offer leaves the day of who is asked alone. */
  offered: boolean;
};

/** Every place and every slot that is claimed in a scene; a session or sheet that contradicts itself is told in `broken`. */
async function claimsOf({
  sessionIds = [],
  roomIds = [],
  dates,
}: Scene): Promise<{ claims: Claim[]; broken: string[] }> {
  const claims: Claim[] = [];
  const broken: string[] = [];
  for (const sessionId of sessionIds) {
    const { seats, taken, capacity, date, startsAt, endsAt } = await storedSession(sessionId);
    const held = Object.entries(seats);
    if (taken !== held.length) broken.push(`${sessionId} counts ${taken} but ${held.length} hold a place`);
    if (held.length > capacity) broken.push(`${sessionId} was sold ${held.length} times, it has ${capacity} places`);
    for (const [personId, { bookingId, orderId, heldUntilEpochSeconds: until }] of held) {
      const order = orderId ? await storedOrder(orderId) : undefined;
      if (orderId && order?.status !== 'booked' && order?.status !== 'held')
        broken.push(`${sessionId} holds ${bookingId} for an order that is ${order?.status}`);
      if (order?.status === 'booked' && until !== undefined)
        broken.push(`${sessionId} holds ${bookingId}, booked, until ${until}`);
      const offered = order?.status === 'held' && order.heldFor === 'offer';
      claims.push({ bookingId, personId, date, startsAt, endsAt, what: sessionId, offered });
    }
  }
  for (const roomId of roomIds) {
    const sheets = await storedRoomDays(roomId, dates);
    for (const [index, { busy, entries }] of sheets.entries()) {
      const date = dates[index] ?? '';
      broken.push(...wrongBusy(`${roomId} on ${date}`, busy, Object.values(entries)));
      for (const [bookingId, entry] of Object.entries(entries)) {
        const { personId = '', startsAt, endsAt, orderId, heldUntilEpochSeconds: until } = entry;
        const order = orderId ? await storedOrder(orderId) : undefined;
        if (orderId && order?.status !== 'booked' && order?.status !== 'held')
          broken.push(`${roomId} holds ${bookingId} for an order that is ${order?.status}`);
        if (order?.status === 'booked' && until !== undefined)
          broken.push(`${roomId} holds ${bookingId}, booked, until ${until}`);
        const offered = order?.status === 'held' && order.heldFor === 'offer';
        claims.push({ bookingId, personId, date, startsAt, endsAt, what: roomId, offered });
      }
    }
  }
  return { claims, broken };
}

type Stretch = Pick<RoomEntry, 'startsAt' | 'endsAt'>;

/** Quarter-hours that are taken twice, or that are busy without anything in them, or the reverse. */
function wrongBusy(where: string, busy: ReadonlySet<number>, entries: readonly Stretch[]): string[] {
  const occupied = entries.flatMap(({ startsAt, endsAt }) => quartersBetween(startsAt, endsAt));
  const distinct = new Set(occupied);
  const wrong: string[] = [];
  if (distinct.size !== occupied.length) wrong.push(`${where}: a quarter-hour is taken twice`);
  if (distinct.size !== busy.size || occupied.some((quarter) => !busy.has(quarter)))
    wrong.push(`${where}: busy does not say what its entries say`);
  return wrong;
}

/** Everything in which rows and people's own days differ from the claims; empty when all is well. */
export async function differences(scene: Scene): Promise<string[]> {
  const { claims, broken } = await claimsOf(scene);
  const wrong = [...broken];
  const strangers = claims.filter(({ personId }) => !scene.personIds.includes(personId));
  wrong.push(...strangers.map(({ what, personId }) => `${what} is held by ${personId}, whom nobody knows`));
  for (const personId of scene.personIds) {
    const own = claims.filter((claim) => claim.personId === personId);
    const held = own.map(({ bookingId }) => bookingId).sort();
    const rows = await storedRows(personId);
    const stored = rows.filter(({ state }) => isActive(state)).map(({ bookingId }) => bookingId);
    if (stored.sort().join() !== held.join()) wrong.push(`${personId} has rows ${stored} and holds ${held}`);
    const days = await storedAgendaDays(personId, scene.dates);
    for (const [index, { busy, entries, roomQuarters }] of days.entries()) {
      const date = scene.dates[index];
      const today = own.filter((claim) => claim.date === date && !claim.offered);
      const where = `the day ${date} of ${personId}`;
      wrong.push(...wrongBusy(where, busy, Object.values(entries)));
      const ids = today.map(({ bookingId }) => bookingId).sort();
      if (Object.keys(entries).sort().join() !== ids.join())
        wrong.push(`${where} has ${Object.keys(entries)} and holds ${ids}`);
      const inRooms = today.filter(({ what }) => scene.roomIds?.includes(what));
      const quarters = inRooms.flatMap(({ startsAt, endsAt }) => quartersBetween(startsAt, endsAt)).length;
      if (roomQuarters !== quarters)
        wrong.push(`${where} counts ${roomQuarters} quarter-hours in rooms, not ${quarters}`);
    }
  }
  return wrong;
}
