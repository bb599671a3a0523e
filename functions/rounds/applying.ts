import { type AuthorizedActor, authorized, mustBeAble } from '../../shared/access/authorize.ts';
import { sessionItem } from '../../shared/booking/session-item.ts';
import type { Application } from '../../shared/contracts/rounds.ts';
import type { RequestContext } from '../../shared/http/context.ts';
import { fingerprint } from '../../shared/kernel/ids.ts';
import { refuse } from '../../shared/kernel/refusal.ts';
import { type Key, keys, partsOfSessionId } from '../../shared/table/keys.ts';
import { getMany, parsedItem } from '../../shared/table/read.ts';
import { permits, whitelistEntryItem } from '../operators/index.ts';
import { type PersonSummary, profilesOf } from '../people/index.ts';
import { refusalOfAge } from '../sessions/index.ts';
import { type ApplicationItem, applicationItem, type RoundItem, roundItem } from './items.ts';
import { publicApplication } from './queries.ts';
import { refusalOfGroup, refusalOfWindow } from './rules.ts';
import { applicationIdOf, changeApplication, createApplication, removeApplication } from './store/applications.ts';

type Wishes = { readonly wishes: readonly string[]; readonly groupId?: string | undefined };

/** How wishes can be refused, for the route table. */
export const wishProblems = [
  'no-authority',
  'not-found',
  'round-not-open',
  'wish-not-in-round',
  'group-not-in-round',
  'provider-not-whitelisted',
  'birth-date-missing',
  'age',
] as const;

/**
 * Applies for one child, or for several who want to be together. Repeating it changes nothing. Refusals: `no-authority`, `not-found`,
 * `round-not-open`, `wish-not-in-round`, `group-not-in-round`, `birth-date-missing`, `age`,
 * `provider-not-whitelisted`, `already-applied`.
 */
export async function apply(
  context: RequestContext,
  roundId: string,
  { childIds, wishes, groupId }: Wishes & { readonly childIds: readonly string[] },
): Promise<{ application: Application; replayed: boolean }> {
  const { by, items } = await authorized(context, [keys.round(context.tenantId, roundId)]);
  for (const personId of childIds) mustBeAble(by, 'book', 'Person', { personId }, 'no-authority');
  const round = openRoundFrom(by, items[0] && parsedItem(roundItem, items[0]));
  const people = await profilesOf(by, childIds);
  await checkWishes(by, round, childIds, people, { wishes, groupId });
  const personIds = [...childIds].sort();
  const application: ApplicationItem = {
    applicationId: await applicationIdOf(by, roundId, personIds),
    roundId,
    personIds,
    actorId: by.actor.personId,
    wishes: [...wishes],
    ...(groupId === undefined ? {} : { groupId }),
    confirmed: false,
    changedAt: by.now.toISOString(),
    h: fingerprint({ personIds, wishes, groupId }),
  };
  const { outcome, item } = await createApplication(by, application);
  const stands = item ? parsedItem(applicationItem, item) : application;
  return { application: publicApplication(stands, people), replayed: outcome === 'done' };
}

/** Other wishes, or another group. Refuses as {@link apply} does, and `changed-meanwhile`. */
export async function change(
  context: RequestContext,
  roundId: string,
  applicationId: string,
  to: Wishes,
): Promise<Application> {
  const { by, round, application } = await ownApplication(context, roundId, applicationId);
  const people = await profilesOf(by, application.personIds);
  await checkWishes(by, round, application.personIds, people, to);
  const changed = await changeApplication(by, application, {
    actorId: by.actor.personId,
    wishes: [...to.wishes],
    groupId: to.groupId,
    changedAt: by.now.toISOString(),
    h: fingerprint({ personIds: application.personIds, wishes: to.wishes, groupId: to.groupId }),
  });
  return publicApplication(changed, people);
}

/** Takes the application out of the round. Refuses `no-authority`, `not-found`, `round-not-open`. */
export async function withdraw(context: RequestContext, roundId: string, applicationId: string): Promise<void> {
  const { by, application } = await ownApplication(context, roundId, applicationId);
  await removeApplication(by, application);
}

async function ownApplication(context: RequestContext, roundId: string, applicationId: string) {
  const { by, items } = await authorized(context, [
    keys.round(context.tenantId, roundId),
    keys.application(context.tenantId, roundId, applicationId),
  ]);
  const application = items[1] && parsedItem(applicationItem, items[1]);
  if (!application) throw refuse('not-found');
  for (const personId of application.personIds) mustBeAble(by, 'book', 'Person', { personId }, 'no-authority');
  const round = openRoundFrom(by, items[0] && parsedItem(roundItem, items[0]));
  return { by, round, application };
}

function openRoundFrom(by: AuthorizedActor, round: RoundItem | undefined): RoundItem {
  if (!round) throw refuse('not-found');
  const closed = refusalOfWindow(round, by.now);
  if (closed) throw closed;
  return round;
}

/** Each wish is a session of this round that every child may come to on its date; a session says itself which round has it. */
async function checkWishes(
  by: AuthorizedActor,
  round: RoundItem,
  childIds: readonly string[],
  people: ReadonlyMap<string, PersonSummary>,
  { wishes, groupId }: Wishes,
): Promise<void> {
  const wrongGroup = refusalOfGroup(round, groupId);
  if (wrongGroup) throw wrongGroup;
  const missing = childIds.find((personId) => !people.has(personId));
  if (missing) throw refuse('not-found', { personId: missing });
  const entries = new Map<string, Key>();
  for (const sessionId of wishes) {
    const { providerId, centerId } = partsOfSessionId(sessionId);
    if (providerId !== 'center')
      entries.set(`${providerId} ${centerId}`, keys.whitelistEntry(by.tenantId, providerId, centerId));
  }
  const found = await getMany([
    ...wishes.map((sessionId) => keys.session(by.tenantId, sessionId)),
    ...entries.values(),
  ]);
  const permitted = new Map([...entries.keys()].map((name, index) => [name, found[wishes.length + index]]));
  for (const [index, sessionId] of wishes.entries()) {
    const item = found[index];
    const session = item && parsedItem(sessionItem, item);
    if (session?.roundId !== round.roundId) throw refuse('wish-not-in-round', { sessionId });
    const { providerId, centerId, service, date, grossPriceFen } = session;
    const entry = permitted.get(`${providerId} ${centerId}`);
    const may = entry && permits(parsedItem(whitelistEntryItem, entry), { service, date, priceFen: grossPriceFen });
    if (providerId !== 'center' && !may)
      throw refuse('provider-not-whitelisted', { sessionId, operatorId: providerId });
    for (const personId of childIds) {
      const age = refusalOfAge(session, people.get(personId) ?? { personId });
      if (age) throw age;
    }
  }
}
