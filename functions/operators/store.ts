import * as z from 'zod';
import { type Authorized, type AuthorizedActor, authorized, mustBeAble } from '../../shared/access/authorize.ts';
import { readListedSessions } from '../../shared/booking/facts/sessions.ts';
import type { ListedSession } from '../../shared/booking/items/session.ts';
import type { OperatorId, PersonId } from '../../shared/contracts/common.ts';
import type { RequestContext } from '../../shared/http/context.ts';
import { epochSeconds } from '../../shared/kernel/clock.ts';
import { CIVIL_ZONE, civilNow } from '../../shared/kernel/days.ts';
import { refuse } from '../../shared/kernel/refusal.ts';
import type { RawItem } from '../../shared/table/conditions.ts';
import { centerOf, keys, type ReadableKey } from '../../shared/table/keys.ts';
import { get, parsedItem, queryAll } from '../../shared/table/read.ts';
import { update } from '../../shared/table/write.ts';
import { logReads, type PersonSummary, readProfiles } from '../people/index.ts';
import {
  type OperatorItem,
  operatorItem,
  operatorOfferingItem,
  type WhitelistEntryItem,
  whitelistEntryItem,
} from './items.ts';

export function readOperators(by: Authorized): Promise<OperatorItem[]> {
  return queryAll({ pk: keys.operators.list(by.tenantId), relaxed: true }, operatorItem);
}

export function readOperator(by: Authorized, operatorId: OperatorId): Promise<OperatorItem | undefined> {
  return get(keys.operators.operator(by.tenantId, operatorId), operatorItem, { relaxed: true });
}

export function readWhitelist(by: Authorized, operatorId: OperatorId): Promise<WhitelistEntryItem[]> {
  const pk = keys.operators.partition(by.tenantId, operatorId);
  return queryAll({ pk, begins: 'WHITELIST#', relaxed: true }, whitelistEntryItem);
}

/** Someone who may see this operator's work, as looked up for this request. */
export type AtOperator = {
  readonly by: AuthorizedActor;
  readonly operatorId: OperatorId;
  readonly today: string;
  readonly shown: ReadonlySet<string>;
  readonly items: readonly (RawItem | undefined)[];
};

const shownItem = z.object({ people: z.set(z.string()).default(new Set()) });

/** How long it is kept whose names were shown on a day; the day itself is all that it serves. */
const SHOWN_KEPT_SECONDS = 3 * 86_400;

/**
 * The authorization step of this module, in one call with `alsoRead`. Refuses `forbidden` to all but the operator's own staff and who
 * watches over it, then `not-found` when there is no such operator.
 */
export async function authorizeAtOperator(
  context: RequestContext,
  operatorId: OperatorId,
  alsoRead: readonly ReadableKey[] = [],
): Promise<AtOperator> {
  const { tenantId, actor } = context;
  if (!actor) throw refuse('not-signed-in');
  const today = civilNow(context.now, CIVIL_ZONE).date;
  const { by, items } = await authorized(context, [
    keys.operators.operator(tenantId, operatorId),
    keys.operators.rosterReads(tenantId, actor.personId, operatorId, today),
    ...alsoRead,
  ]);
  mustBeAble(by, 'read', 'Operator', { operatorId });
  const [operator, shown, ...rest] = items;
  if (!operator) throw refuse('not-found');
  return { by, operatorId, today, shown: parsedItem(shownItem, shown ?? {}).people, items: rest };
}

/** The centers at which an operator provides something. */
async function centersOf(by: Authorized, operatorId: OperatorId): Promise<string[]> {
  const pk = keys.operators.partition(by.tenantId, operatorId);
  const offerings = await queryAll({ pk, begins: 'OFFERING#', relaxed: true }, operatorOfferingItem);
  return [...new Set(offerings.map(({ offeringId }) => centerOf(offeringId)))];
}

/** The operator's sessions from one date to another, in order of time: one query for each of its centers and weeks. */
export async function readSessions(
  by: Authorized,
  operatorId: OperatorId,
  from: string,
  to: string,
): Promise<ListedSession[]> {
  const centerIds = await centersOf(by, operatorId);
  const found = await Promise.all(centerIds.map((centerId) => readListedSessions(by, centerId, { from, to })));
  const order = ({ date, startsAt, sessionId }: ListedSession) => `${date} ${startsAt} ${sessionId}`;
  return found
    .flat()
    .filter(({ providerId }) => providerId === operatorId)
    .sort((a, b) => (order(a) < order(b) ? -1 : 1));
}

/** As whom the actor sees a roster, for the log that the people on it can read. */
function capacityOf({ access }: AuthorizedActor, operatorId: OperatorId): string {
  const posts = Object.values(access.posts);
  if (posts.some((post) => post.kind === 'operator-staff' && post.operatorId === operatorId)) return 'operator-staff';
  return posts.find(({ kind }) => kind === 'bureau-officer' || kind === 'platform-admin')?.kind ?? 'operator-staff';
}

/**
 * The people on a roster, by id. Each finds one line a day in their log of reads for each member of staff who was shown their name
 * (law 8), however often the roster is looked at; the line is written before the name leaves.
 */
export async function readPeopleShown(
  { by, operatorId, today, shown }: AtOperator,
  personIds: readonly PersonId[],
): Promise<ReadonlyMap<string, PersonSummary>> {
  const newcomers = personIds.filter((personId) => !shown.has(personId));
  const [people] = await Promise.all([
    readProfiles(by, personIds),
    logReads(by, newcomers, { as: capacityOf(by, operatorId), what: `roster ${operatorId}` }),
  ]);
  // Only once the lines are written: a function that dies in between writes them again rather than never.
  if (newcomers.length > 0) {
    await update({
      key: keys.operators.rosterReads(by.tenantId, by.actor.personId, operatorId, today),
      update: 'SET ttlEpochSeconds = :until ADD people :newcomers',
      values: { ':newcomers': new Set(newcomers), ':until': epochSeconds(by.now) + SHOWN_KEPT_SECONDS },
    });
  }
  return people;
}
