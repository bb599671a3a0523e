import * as z from 'zod';
import { type Authorized, type AuthorizedActor, authorized, mustBeAble } from '../../shared/access/authorize.ts';
import { readSessionsOn } from '../../shared/booking/facts/sessions.ts';
import type { SessionItem } from '../../shared/booking/items/session.ts';
import type { CenterId, Localized, OfferingId, PersonId, RoomId } from '../../shared/contracts/common.ts';
import type { WaiverId } from '../../shared/contracts/policy.ts';
import type { RequestContext } from '../../shared/http/context.ts';
import { epochSeconds } from '../../shared/kernel/clock.ts';
import { CIVIL_ZONE, civilNow } from '../../shared/kernel/days.ts';
import { refuse } from '../../shared/kernel/refusal.ts';
import type { RawItem } from '../../shared/table/conditions.ts';
import { keys, type ReadableKey } from '../../shared/table/keys.ts';
import { getMany, parsedItem } from '../../shared/table/read.ts';
import { update } from '../../shared/table/write.ts';
import { centerFactKey, readOffering, readRoomsById } from '../centers/index.ts';
import { logReads, type PersonSummary, readProfiles } from '../people/index.ts';
import { missingFrom, missingKeys } from '../waivers/index.ts';

/** Staff at the desk of their center: the proof, whom they have been shown today, and what was read along. */
export type AtDesk = {
  readonly by: AuthorizedActor;
  readonly centerId: CenterId;
  readonly today: string;
  readonly shown: ReadonlySet<string>;
  readonly items: readonly (RawItem | undefined)[];
};

const shownItem = z.object({ people: z.set(z.string()).default(new Set()) });

/** How long it is kept whom a member of staff was shown on a day; the day itself is all that it serves. */
const SHOWN_KEPT_SECONDS = 3 * 86_400;

/**
 * The authorization step of this module, in one call with `alsoRead`. Refuses `forbidden` to all but the staff of this very center,
 * then `not-found` when there is no such center.
 */
export async function authorizeAtDesk(
  context: RequestContext,
  centerId: CenterId,
  alsoRead: readonly ReadableKey[] = [],
): Promise<AtDesk> {
  const { tenantId, actor } = context;
  if (!actor) throw refuse('not-signed-in');
  const today = civilNow(context.now, CIVIL_ZONE).date;
  const { by, items } = await authorized(context, [
    centerFactKey(tenantId, centerId),
    keys.desk.shown(tenantId, actor.personId, centerId, today),
    ...alsoRead,
  ]);
  mustBeAble(by, 'staff', 'Desk', { centerId });
  const [center, shown, ...rest] = items;
  if (!center) throw refuse('not-found');
  return { by, centerId, today, shown: parsedItem(shownItem, shown ?? {}).people, items: rest };
}

/** The sessions of a center on one date with their seats, in order of time. */
export async function readSessionsInOrder(by: Authorized, centerId: CenterId, date: string): Promise<SessionItem[]> {
  const sessions = await readSessionsOn(by, centerId, date);
  return sessions.sort((a, b) => (a.startsAt + a.sessionId < b.startsAt + b.sessionId ? -1 : 1));
}

/** The waivers that an offering asks for before anybody is checked in. */
export async function readWaiversAsked(by: Authorized, offeringId: OfferingId): Promise<readonly string[]> {
  const offering = await readOffering(by, offeringId);
  return offering?.policy?.waivers ?? [];
}

/**
 * Refuses `waiver-missing` unless this person has signed each of these waivers in the version that is current; the refusal names the
 * first (`waiverId`, `version`), and all of them with their titles (`missing`).
 */
export async function mustHaveSigned(
  by: Authorized,
  personId: PersonId,
  waiverIds: readonly WaiverId[],
): Promise<void> {
  const missing = missingFrom(await getMany(missingKeys(by.tenantId, personId, waiverIds)));
  const [first] = missing;
  if (first) throw refuse('waiver-missing', { personId, waiverId: first.waiverId, version: first.version, missing });
}

/** The names of these rooms, in one call. */
export async function readRoomNames(
  by: Authorized,
  roomIds: readonly RoomId[],
): Promise<ReadonlyMap<string, Localized>> {
  const rooms = await readRoomsById(by, roomIds);
  return new Map([...rooms].map(([roomId, { name }]) => [roomId, name]));
}

/**
 * The people that the desk shows, by id. Each of them finds one line a day in their log of reads for each member of staff who was
 * shown their data (law 8), however often the board refreshes itself; the line is written before the data leaves.
 */
export async function readPeopleShown(
  { by, centerId, today, shown }: AtDesk,
  personIds: readonly PersonId[],
): Promise<ReadonlyMap<string, PersonSummary>> {
  const newcomers = [...new Set(personIds)].filter((personId) => !shown.has(personId));
  const [people] = await Promise.all([
    readProfiles(by, personIds),
    logReads(by, newcomers, { as: 'center-staff', what: `desk ${centerId}` }),
  ]);
  // Only once the lines are written: a function that dies in between writes them again rather than never.
  if (newcomers.length > 0) {
    await update({
      key: keys.desk.shown(by.tenantId, by.actor.personId, centerId, today),
      update: 'SET ttlEpochSeconds = :until ADD people :newcomers',
      values: { ':newcomers': new Set(newcomers), ':until': epochSeconds(by.now) + SHOWN_KEPT_SECONDS },
    });
  }
  return people;
}
