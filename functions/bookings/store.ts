import type { Authorized } from '../../shared/access/authorize.ts';
import { readRoomDaysOfWeek } from '../../shared/booking/facts/days.ts';
import { readSessionsOfWeek } from '../../shared/booking/facts/sessions.ts';
import type { SessionItem } from '../../shared/booking/items/session.ts';
import { pricingFor } from '../../shared/booking/price/pricing.ts';
import type { OfferTerms } from '../../shared/booking/waitlist/promote.ts';
import type { CenterId, OfferingId, RoomId } from '../../shared/contracts/common.ts';
import type { OfferingPolicy } from '../../shared/contracts/policy.ts';
import { addDays, isoWeekOf } from '../../shared/kernel/days.ts';
import { readOffering, readRoom } from '../centers/index.ts';
import { readProfiles } from '../people/index.ts';

export async function readRoomName(by: Authorized, roomId: RoomId) {
  const room = await readRoom(by, roomId);
  return room?.name ?? { zh: roomId, en: roomId };
}

/**
 * The claims of a center in the ISO week of `date` and the one after: sessions with their seats, and rooms' sheets with their dates. On a
 * Monday the week before as well: what ends late on a Sunday is looked at when Monday has begun.
 */
export async function readClaimsOfCenter(by: Authorized, centerId: CenterId, date: string) {
  const weeks = [...new Set([addDays(date, -1), date, addDays(date, 7)].map(isoWeekOf))];
  const how = { relaxed: true };
  const sessions = await Promise.all(weeks.map((week) => readSessionsOfWeek(by, centerId, week, how)));
  const sheets = await Promise.all(weeks.map((week) => readRoomDaysOfWeek(by, centerId, week, how)));
  return { sessions: sessions.flat(), sheets: sheets.flat() };
}

/** How long the offering keeps a freed place for whoever was waiting, and what it costs a party of them. */
export async function readOfferTerms(
  by: Authorized,
  session: SessionItem,
  party: readonly string[],
): Promise<OfferTerms> {
  const [policy, profiles] = await Promise.all([readPolicy(by, session.offeringId), readProfiles(by, party)]);
  const people = party.map((personId) => ({ personId, birthDate: profiles.get(personId)?.birthDate }));
  const pricing = pricingFor({ parties: [{ session, beneficiaryIds: party }], people, policyOf: () => policy });
  return { minutes: policy?.offerMinutes, pricing };
}

/** The rules of an offering as they stand; `undefined` when it has none. */
export async function readPolicy(by: Authorized, offeringId: OfferingId): Promise<OfferingPolicy | undefined> {
  return (await readOffering(by, offeringId))?.policy;
}
