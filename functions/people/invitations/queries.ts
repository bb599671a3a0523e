import { type AuthorizedActor, authorized } from '../../../shared/access/authorize.ts';
import type { PersonId } from '../../../shared/contracts/common.ts';
import type { Invitation, Invitations, SentInvitation } from '../../../shared/contracts/people.ts';
import type { RequestContext } from '../../../shared/http/context.ts';
import { epochSeconds } from '../../../shared/kernel/clock.ts';
import { refuse } from '../../../shared/kernel/refusal.ts';
import { deriveLookupMac } from '../../../shared/keyring/keyring.ts';
import { keys } from '../../../shared/table/keys.ts';
import { parsedItem } from '../../../shared/table/read.ts';
import * as households from '../households/store.ts';
import { givesOf } from '../merges/queries.ts';
import { decryptPhone, type Profile, profileItem } from '../profiles/items.ts';
import { maskedName } from '../profiles/rules.ts';
import { type PersonSummary, readProfiles } from '../profiles/store.ts';
import type { InvitationItem } from './items.ts';
import * as store from './store.ts';

/** The actor's profile, and what their number is looked up by: nobody else can name the invitations to it. */
export async function readAddressee(
  context: RequestContext,
): Promise<{ by: AuthorizedActor; own: Profile; phoneMac: string | undefined }> {
  const { actor, tenantId } = context;
  const { by, items } = await authorized(context, actor ? [keys.people.profile(tenantId, actor.personId)] : []);
  if (!items[0]) throw refuse('not-signed-in');
  const own = parsedItem(profileItem, items[0]);
  const phone = await decryptPhone(tenantId, own);
  return { by, own, phoneMac: phone && (await deriveLookupMac('phone', phone)) };
}

type People = ReadonlyMap<string, PersonSummary>;

type Home = households.Household | undefined;

const nameIn = (people: People, personId: PersonId): string => people.get(personId)?.name ?? '';

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
  const { by, own, phoneMac } = await readAddressee(context);
  const [to, from] = await Promise.all([
    phoneMac ? store.readInvitationsTo(by, phoneMac) : [],
    store.readInvitationsFrom(by),
  ]);
  const isOpen = (it: InvitationItem) => it.answer === undefined && it.expiresAtEpochSeconds > epochSeconds(by.now);
  const received = to.filter(isOpen);
  const sent = from.filter(isOpen);
  // To decide on a merge one sees what would come along.
  const isAskedToMerge = received.some(({ kind }) => kind === 'merge');
  const home = isAskedToMerge && own.householdId ? await households.readHousehold(by, own.householdId) : undefined;
  const people = await readProfiles(by, [
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
