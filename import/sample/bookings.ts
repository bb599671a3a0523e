import { permits, whitelistEntryItem } from '../../functions/operators/index.ts';
import type { Authorized } from '../../shared/access/authorize.ts';
import { bookAll } from '../../shared/booking/book/place.ts';
import { type SessionItem, sessionItem } from '../../shared/booking/items/session.ts';
import type { CenterId, PersonId } from '../../shared/contracts/common.ts';
import type { TenantId } from '../../shared/contracts/id.ts';
import { addDays, ageOn, CIVIL_ZONE, civilNow, isoWeekOf } from '../../shared/kernel/days.ts';
import { bookingIdFor, derivedId } from '../../shared/kernel/ids.ts';
import { isRefusal } from '../../shared/kernel/refusal.ts';
import { keys } from '../../shared/table/keys.ts';
import { get, queryAll } from '../../shared/table/read.ts';
import { personIdOf } from '../plan/people.ts';
import type { Folder } from '../sheets/read-folder.ts';
import type { Progress } from '../write/progress.ts';

/** Where the sample's staff work: their boards show a day with people on it. */
const CENTERS = ['yuhu', 'mulan'];
const MOST_IN_A_SESSION = 6;

type Resident = { readonly personId: PersonId; readonly birthDate: string };

/** Invented residents who have no phone, so that nobody's messages fill up with bookings they did not make. */
const residentsOf = ({ rows }: Folder, tenantId: TenantId): Resident[] =>
  rows.people.flatMap(({ row: { code, birthDate, phone } }) =>
    birthDate && !phone ? [{ personId: personIdOf(tenantId, code), birthDate }] : [],
  );

/** Some whose age fits, always the same for a session, and different from session to session. */
function guestsOf(
  { sessionId, date, capacity, minAgeYears = 0, maxAgeYears = 150 }: SessionItem,
  residents: readonly Resident[],
) {
  const fitting = residents.filter(({ birthDate }) => {
    const age = ageOn(birthDate, date);
    return minAgeYears <= age && age <= maxAgeYears;
  });
  const drawn = fitting.map((resident) => ({ ...resident, lot: derivedId('', sessionId, resident.personId) }));
  const count = Math.min(MOST_IN_A_SESSION, Math.floor(capacity / 3));
  return drawn.sort((a, b) => (a.lot < b.lot ? -1 : 1)).slice(0, count);
}

async function sessionsOf(by: Authorized, centerId: CenterId, date: string): Promise<SessionItem[]> {
  const pk = keys.booking.sessionWeek(by.tenantId, centerId, isoWeekOf(date));
  return queryAll({ pk, between: [`${date}#`, `${date}$`] }, sessionItem);
}

async function isPermitted(
  by: Authorized,
  { providerId, centerId, service, date, grossPriceFen }: SessionItem,
): Promise<boolean> {
  if (providerId === 'center') return true;
  const entry = await get(keys.operators.whitelistEntry(by.tenantId, providerId, centerId), whitelistEntryItem);
  return permits(entry, { service, date, priceFen: grossPriceFen });
}

/** Books one invented resident as they would have done; whoever is elsewhere at that time stays away. */
async function book(by: Authorized, session: SessionItem, { personId }: Resident): Promise<void> {
  const createdAt = by.now.toISOString();
  const bookingId = bookingIdFor(session.date, by.tenantId, personId, 'sample', session.sessionId);
  const seat = { bookingId, actorId: personId, bookedAt: createdAt, requestHash: 'sample' };
  const parties = [{ session, seats: { [personId]: seat } }];
  try {
    await bookAll(by, {
      orderId: derivedId('o', bookingId),
      actorId: personId,
      requestHash: 'sample',
      createdAt,
      keyed: false,
      parties,
    });
  } catch (error) {
    if (!isRefusal(error, 'person-busy') && !isRefusal(error, 'already-booked')) throw error;
  }
}

/** Fills the boards of today and tomorrow at the sample's two staffed centers, through the engine; doing it again changes nothing. */
export async function bookSample(by: Authorized, folder: Folder, progress: Progress): Promise<void> {
  const { date: today } = civilNow(by.now, CIVIL_ZONE);
  const residents = residentsOf(folder, by.tenantId);
  const days = CENTERS.flatMap((centerId) => [today, addDays(today, 1)].map((date) => ({ centerId, date })));
  const sessions = (await Promise.all(days.map(({ centerId, date }) => sessionsOf(by, centerId, date)))).flat();
  for (const [index, session] of sessions.entries()) {
    if (await isPermitted(by, session)) {
      await Promise.all(guestsOf(session, residents).map((guest) => book(by, session, guest)));
    }
    progress('bookings', index + 1, sessions.length);
  }
}
