import type * as z from 'zod';
import { type AuthorizedActor, authorized } from '../../../../shared/access/authorize.ts';
import type {
  Invitation,
  InvitationAccepted,
  Invitations,
  invitationCreate,
  SentInvitation,
} from '../../../../shared/contracts/people.ts';
import type { RequestContext } from '../../../../shared/http/context.ts';
import { epochSeconds } from '../../../../shared/kernel/clock.ts';
import { CIVIL_ZONE, civilNow } from '../../../../shared/kernel/days.ts';
import { isRefusal, refuse } from '../../../../shared/kernel/refusal.ts';
import { lookupMac } from '../../../../shared/keyring/keyring.ts';
import { keys } from '../../../../shared/table/keys.ts';
import { parsedItem } from '../../../../shared/table/read.ts';
import { acceptGrant } from '../../grants/commands.ts';
import * as households from '../../households/store.ts';
import { acceptMerge, childrenToShare, givesOf } from '../../merges/commands.ts';
import {
  householdItem,
  type InvitationItem,
  memberItem,
  type Profile,
  phoneOfProfile,
  profileItem,
} from '../../profiles/items.ts';
import { readHousehold } from '../../profiles/queries.ts';
import { checkAdult, maskedName } from '../../profiles/rules.ts';
import { type PersonSummary, profilesOf } from '../../profiles/store.ts';
import * as store from '../store.ts';
import { addressed, invite, sendingReads } from './sending.ts';

/**
 * An adult of a household asks another adult into it, by phone number; or an adult of another household to bring all of theirs. Refuses
 * `no-authority`, `phone-format`, `rate-limited`, `merge-standing`, `idempotency-key-reused`.
 */
export async function inviteToHousehold(
  householdId: string,
  { phone, kind }: z.output<typeof invitationCreate>,
  context: RequestContext,
): Promise<void> {
  const number = await addressed(phone);
  const { tenantId, actor } = context;
  const { by, items } = await authorized(context, [
    ...sendingReads(context, number.phoneMac),
    keys.people.household(tenantId, householdId),
    keys.people.householdMember(tenantId, householdId, actor?.personId ?? ''),
  ]);
  const [pointer, own, household, member] = items;
  if (!household || !member || parsedItem(memberItem, member).role !== 'adult') throw refuse('no-authority');
  const about = { householdId, householdName: parsedItem(householdItem, household).name };
  const matter =
    kind === 'household'
      ? ({ ...about, kind } as const)
      : ({ ...about, kind, subjectIds: await childrenToShare(by, householdId) } as const);
  await invite(by, context, { ...number, field: 'body.phone' }, matter, [pointer, own]);
}

/** The actor's profile, and what their number is looked up by: nobody else can name the invitations to it. */
async function addresseeOf(
  context: RequestContext,
): Promise<{ by: AuthorizedActor; own: Profile; phoneMac: string | undefined }> {
  const { actor, tenantId } = context;
  const { by, items } = await authorized(context, actor ? [keys.people.profile(tenantId, actor.personId)] : []);
  if (!items[0]) throw refuse('not-signed-in');
  const own = parsedItem(profileItem, items[0]);
  const phone = await phoneOfProfile(tenantId, own);
  return { by, own, phoneMac: phone && (await lookupMac('phone', phone)) };
}

type People = ReadonlyMap<string, PersonSummary>;
type Home = households.Household | undefined;
const nameIn = (people: People, personId: string): string => people.get(personId)?.name ?? '';

const termsOf = ({ invitationId, kind, since, expiresAtEpochSeconds }: InvitationItem) => ({
  invitationId,
  kind,
  since,
  until: new Date(expiresAtEpochSeconds * 1_000).toISOString(),
});

/** Whom an invitation is about beside its two sides. */
const subjectsOf = (it: InvitationItem): string[] => {
  if (it.kind === 'household') return [];
  return it.kind === 'merge' ? it.subjectIds : [it.subjectId];
};

/** Whoever asks for themselves is named; a child is not, as long as the number may be a wrong one. */
function asReceived(by: AuthorizedActor, it: InvitationItem, people: People, home: Home): Invitation {
  const common = { ...termsOf(it), inviterName: nameIn(people, it.inviterId) };
  if (it.kind === 'household') return { ...common, householdName: it.householdName };
  if (it.kind === 'merge') {
    return { ...common, householdName: it.householdName, gives: givesOf(by, it, home, people) };
  }
  const subjectName = nameIn(people, it.subjectId);
  return { ...common, subjectName: it.subjectId === it.inviterId ? subjectName : maskedName(subjectName) };
}

function asSent(it: InvitationItem, people: People): SentInvitation {
  const common = { ...termsOf(it), phoneMasked: it.phoneMasked };
  if (it.kind === 'household' || it.kind === 'merge') return common;
  return { ...common, subject: { personId: it.subjectId, name: nameIn(people, it.subjectId) } };
}

/** What waits for an answer: of the signed-in person, and of those they have asked. */
export async function listInvitations(context: RequestContext): Promise<Invitations> {
  const { by, own, phoneMac } = await addresseeOf(context);
  const [to, from] = await Promise.all([phoneMac ? store.invitationsTo(by, phoneMac) : [], store.invitationsFrom(by)]);
  const isOpen = (it: InvitationItem) => it.answer === undefined && it.expiresAtEpochSeconds > epochSeconds(by.now);
  const received = to.filter(isOpen);
  const sent = from.filter(isOpen);
  // To decide on a merge one sees what would come along.
  const isAskedToMerge = received.some(({ kind }) => kind === 'merge');
  const home = isAskedToMerge && own.householdId ? await households.readHousehold(by, own.householdId) : undefined;
  const people = await profilesOf(by, [
    own.personId,
    ...received.map(({ inviterId }) => inviterId),
    ...[...received, ...sent].flatMap(subjectsOf),
    ...(home?.members ?? []).map(({ personId }) => personId),
  ]);
  // Whoever has left a household no longer asks others into it.
  const stands = (it: InvitationItem) =>
    !('householdId' in it) || people.get(it.inviterId)?.householdId === it.householdId;
  return {
    received: received.filter(stands).map((it) => asReceived(by, it, people, home)),
    sent: sent.filter(stands).map((it) => asSent(it, people)),
  };
}

/**
 * Accepts: the actor becomes an adult of the household, brings their own into it, or holds the grant. Accepting twice is accepting
 * once. Refuses `invitation-gone`, `adults-only`, `already-in-household`, `too-many-members`, `already-granted`, and what
 * {@link acceptMerge} does.
 */
export async function acceptInvitation(invitationId: string, context: RequestContext): Promise<InvitationAccepted> {
  const { by, own, phoneMac } = await addresseeOf(context);
  const invitation = phoneMac && (await store.readInvitation(by, phoneMac, invitationId));
  if (!invitation) throw refuse('invitation-gone');
  checkAdult(own.birthDate, civilNow(by.now, CIVIL_ZONE).date);
  if (!('householdId' in invitation)) return { grant: await acceptGrant(by, invitation) };
  if (invitation.kind === 'merge') await acceptMerge(by, own, invitation);
  else await households.joinHousehold(by, invitation);
  try {
    return { household: await readHousehold(invitation.householdId, context) };
  } catch (error) {
    // Accepted long ago, and left since.
    throw isRefusal(error, 'no-authority') ? refuse('invitation-gone') : error;
  }
}

/** Says no; whoever asked sees their invitation wait until it expires, as for a number that nobody has. Refuses `invitation-gone`. */
export async function declineInvitation(invitationId: string, context: RequestContext): Promise<void> {
  const { by, phoneMac } = await addresseeOf(context);
  if (!phoneMac) throw refuse('invitation-gone');
  await store.declineInvitation(by, phoneMac, invitationId);
}

/** Takes back an invitation that one has sent. Refuses `invitation-gone`. */
export async function withdrawInvitation(invitationId: string, context: RequestContext): Promise<void> {
  const { by } = await authorized(context);
  const invitation = await store.readSentInvitation(by, invitationId);
  if (!invitation) throw refuse('invitation-gone');
  await store.withdrawInvitation(by, invitation);
}
