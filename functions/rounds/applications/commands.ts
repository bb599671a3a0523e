import { type AuthorizedActor, authorized, mustBeAble } from '../../../shared/access/authorize.ts';
import { sessionFactFrom, sessionFactKey } from '../../../shared/booking/facts/sessions.ts';
import type { GroupId } from '../../../shared/contracts/city-rules.ts';
import type { PersonId } from '../../../shared/contracts/common.ts';
import type { Application, ApplicationId, GroupClaim, RoundId } from '../../../shared/contracts/rounds.ts';
import type { CommandContext, RequestContext } from '../../../shared/http/context.ts';
import { fingerprint } from '../../../shared/kernel/ids.ts';
import { refuse } from '../../../shared/kernel/refusal.ts';
import { keys } from '../../../shared/table/keys.ts';
import { parsedItem } from '../../../shared/table/read.ts';
import { readProfiles } from '../../people/index.ts';
import { readAdmission, wantedForAdmission } from '../../sessions/index.ts';
import { mustAllocate } from '../commands/opening.ts';
import { type RoundItem, roundItem } from '../items.ts';
import { settledAt } from '../rules.ts';
import { bookingIdOf } from '../seating/items.ts';
import { type ApplicationItem, applicationItem } from './items.ts';
import { logClaimsRead, publicApplication } from './queries.ts';
import { refusalOfGroup, refusalOfWindow } from './rules.ts';
import { changeApplication, confirmGroup, createApplication, deriveApplicationId, removeApplication } from './store.ts';

type Wishes = { readonly wishes: readonly string[]; readonly groupId?: GroupId | undefined };

/**
 * Applies for one child, or for several who want to be together. Repeating it changes nothing. Refusals: those of the endpoint
 * `applyToRound`.
 */
export async function apply(
  context: CommandContext,
  roundId: RoundId,
  { childIds, wishes, groupId }: Wishes & { readonly childIds: readonly PersonId[] },
): Promise<{ application: Application; replayed: boolean }> {
  const { by, items } = await authorized(context, [keys.rounds.round(context.tenantId, roundId)]);
  for (const personId of childIds) mustBeAble(by, 'book', 'Person', { personId }, 'no-authority');
  const round = openRoundFrom(by, items[0] && parsedItem(roundItem, items[0]));
  const personIds = [...childIds].sort();
  const applicationId = await deriveApplicationId(by, roundId, personIds);
  await checkWishes(by, round, { applicationId, personIds }, { wishes, groupId });
  const people = await readProfiles(by, personIds);
  const application: ApplicationItem = {
    applicationId,
    roundId,
    personIds,
    actorId: by.actor.personId,
    wishes: [...wishes],
    ...(groupId === undefined ? {} : { groupId }),
    confirmed: false,
    changedAt: by.now.toISOString(),
    requestHash: fingerprint({ personIds, wishes, groupId }),
  };
  const { outcome, item } = await createApplication(by, application);
  const stands = item ? parsedItem(applicationItem, item) : application;
  return { application: publicApplication(stands, people), replayed: outcome === 'done' };
}

/** Other wishes, or another group. Refuses as {@link apply} does, and `changed-meanwhile`. */
export async function change(
  context: RequestContext,
  roundId: RoundId,
  applicationId: ApplicationId,
  to: Wishes,
): Promise<Application> {
  const { by, round, application } = await ownApplication(context, roundId, applicationId);
  await checkWishes(by, round, application, to);
  const people = await readProfiles(by, application.personIds);
  const changed = await changeApplication(by, application, {
    actorId: by.actor.personId,
    wishes: [...to.wishes],
    groupId: to.groupId,
    changedAt: by.now.toISOString(),
    requestHash: fingerprint({ personIds: application.personIds, wishes: to.wishes, groupId: to.groupId }),
  });
  return publicApplication(changed, people);
}

/** Takes the application out of the round. Refuses `no-authority`, `not-found`, `round-not-open`. */
export async function withdraw(context: RequestContext, roundId: RoundId, applicationId: ApplicationId): Promise<void> {
  const { by, application } = await ownApplication(context, roundId, applicationId);
  await removeApplication(by, application);
}

async function ownApplication(context: RequestContext, roundId: RoundId, applicationId: ApplicationId) {
  const { by, items } = await authorized(context, [
    keys.rounds.round(context.tenantId, roundId),
    keys.rounds.application(context.tenantId, roundId, applicationId),
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

/**
 * Each wish is a session of this round that every child may come to: asked by all that a booking is asked by, as it will be at the time of
 * the draw. A session says itself which round has it.
 */
async function checkWishes(
  by: AuthorizedActor,
  round: RoundItem,
  { applicationId, personIds }: Pick<ApplicationItem, 'applicationId' | 'personIds'>,
  { wishes, groupId }: Wishes,
): Promise<void> {
  const wrongGroup = refusalOfGroup(round, groupId);
  if (wrongGroup) throw wrongGroup;
  const parties = wishes.map((sessionId) => ({ sessionId, beneficiaryIds: [...personIds] }));
  const wanted = wantedForAdmission(by.tenantId, parties);
  await wanted.read();
  for (const sessionId of wishes) {
    const session = sessionFactFrom(wanted.got(sessionFactKey(by.tenantId, sessionId)));
    if (session?.roundId !== round.roundId) throw refuse('wish-not-in-round', { sessionId });
  }
  const names = bookingIdOf(by.tenantId, round.roundId, applicationId);
  const suiting = await readAdmission(by, wanted, parties, names, settledAt(round));
  for (const party of parties) {
    const unsuited = suiting.refusalOf(party);
    if (unsuited) throw unsuited;
  }
}

/**
 * Staff confirm that a family belongs to the priority group that it claims, or take it back; until the time of the draw. Refusals:
 * `forbidden`, `not-found`, `round-decided`, `changed-meanwhile`.
 */
export async function decideClaim(
  context: CommandContext,
  roundId: RoundId,
  applicationId: ApplicationId,
  decision: { groupId: GroupId; confirmed: boolean },
): Promise<GroupClaim> {
  const { by, items } = await authorized(context, [keys.rounds.round(context.tenantId, roundId)]);
  const round = items[0] && parsedItem(roundItem, items[0]);
  if (!round) throw refuse('not-found');
  mustAllocate(by, round.centerIds);
  if (by.now >= new Date(round.drawsAt)) throw refuse('round-decided', { drawsAt: round.drawsAt });
  const { personIds, confirmed } = await confirmGroup(by, roundId, applicationId, decision);
  const people = await readProfiles(by, personIds);
  await logClaimsRead(by, personIds);
  return {
    applicationId,
    children: personIds.map((personId) => ({ personId, name: people.get(personId)?.name ?? '—' })),
    groupId: decision.groupId,
    confirmed,
  };
}
