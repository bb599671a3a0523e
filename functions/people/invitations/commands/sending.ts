import type * as z from 'zod';
import { type AuthorizedActor, authorized } from '../../../../shared/access/authorize.ts';
import type { HouseholdId, PersonId } from '../../../../shared/contracts/common.ts';
import type { invitationCreate } from '../../../../shared/contracts/people.ts';
import type { RequestContext } from '../../../../shared/http/context.ts';
import { epochSeconds } from '../../../../shared/kernel/clock.ts';
import { CIVIL_ZONE, civilNow } from '../../../../shared/kernel/days.ts';
import { derivedId, fingerprint } from '../../../../shared/kernel/ids.ts';
import { maskedPhone, normalizedPhone } from '../../../../shared/kernel/phone.ts';
import { refuse } from '../../../../shared/kernel/refusal.ts';
import { deriveLookupMac } from '../../../../shared/keyring/keyring.ts';
import { sendMessage } from '../../../../shared/messages/send.ts';
import type { RawItem } from '../../../../shared/table/conditions.ts';
import { type Key, keys } from '../../../../shared/table/keys.ts';
import { parsedItem } from '../../../../shared/table/read.ts';
import { householdItem, memberItem } from '../../households/items.ts';
import { readChildrenToShare } from '../../merges/queries.ts';
import { pointerItem, profileItem } from '../../profiles/items.ts';
import { maskedName } from '../../profiles/rules.ts';
import { idFor } from '../../requests/items.ts';
import type { HouseholdInvitation, InvitationItem, MergeInvitation } from '../items.ts';
import { INVITATION_DAYS, ownNumber } from '../rules.ts';
import { createInvitation } from '../store.ts';

const DAY_SECONDS = 86_400;

/** A number as it was typed, with what it is looked up by. Refuses `phone-format`. */
export async function findAddressee(typed: string): Promise<{ phone: string; phoneMac: string }> {
  const phone = normalizedPhone(typed);
  if (!phone) throw refuse('phone-format');
  return { phone, phoneMac: await deriveLookupMac('phone', phone) };
}

/** What sending an invitation needs to know, by key: who has the number, and the sender's own name. */
export const sendingReads = ({ tenantId, actor }: RequestContext, phoneMac: string): [Key, Key] => [
  keys.people.phone(tenantId, phoneMac),
  keys.people.profile(tenantId, actor?.personId ?? ''),
];

type Matter =
  | Pick<HouseholdInvitation, 'kind' | 'householdId' | 'householdName'>
  | Pick<MergeInvitation, 'kind' | 'householdId' | 'householdName' | 'subjectIds'>
  | { readonly kind: 'guardian' | 'proxy'; readonly subjectId: PersonId };

/**
 * Invites the person behind a number, and does exactly the same when nobody is behind it: writes the same items, shows the sender
 * the same, and puts a message on the queue, which then finds nobody to send it to. Refuses an own number (which is named by
 * `field`), `rate-limited`, `idempotency-key-reused`.
 */
export async function invite(
  by: AuthorizedActor,
  context: RequestContext,
  { phone, phoneMac, field }: { phone: string; phoneMac: string; field: string },
  matter: Matter,
  [pointer, own]: readonly (RawItem | undefined)[],
): Promise<void> {
  const { tenantId } = by;
  const inviterId = by.actor.personId;
  const addressee = pointer && parsedItem(pointerItem, pointer).personId;
  if (addressee === inviterId) throw ownNumber(field);
  const about = 'householdId' in matter ? matter.householdId : matter.subjectId;
  const expiresAtEpochSeconds = epochSeconds(by.now) + INVITATION_DAYS * DAY_SECONDS;
  const invitation: InvitationItem = {
    ...matter,
    // The same number is invited to the same thing once, not beside itself.
    invitationId: derivedId('i', tenantId, matter.kind, about, inviterId, phoneMac),
    inviterId,
    phoneMac,
    phoneMasked: maskedPhone(phone),
    since: by.now.toISOString(),
    expiresAtEpochSeconds,
    ttlEpochSeconds: expiresAtEpochSeconds,
  };
  await createInvitation(by, invitation, {
    requestId: idFor(context, 'i', 'invitation'),
    requestHash: fingerprint({ kind: matter.kind, about, phoneMac }),
  });
  await sendMessage({
    kind: 'invitation-received',
    tenantId,
    // Once a day at most, however often the same is asked.
    messageId: `invitation-received:${invitation.invitationId}:${civilNow(by.now, CIVIL_ZONE).date}`,
    language: 'zh',
    personId: addressee ?? derivedId('p', 'nobody', tenantId, phoneMac),
    inviterName: maskedName(own ? parsedItem(profileItem, own).name : ''),
    days: INVITATION_DAYS,
  });
}

/**
 * An adult of a household asks another adult into it, by phone number; or an adult of another household to bring all of theirs. Refuses
 * `no-authority`, `phone-format`, `rate-limited`, `merge-standing`, `idempotency-key-reused`.
 */
export async function inviteToHousehold(
  context: RequestContext,
  householdId: HouseholdId,
  { phone, kind }: z.output<typeof invitationCreate>,
): Promise<void> {
  const number = await findAddressee(phone);
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
      : ({ ...about, kind, subjectIds: await readChildrenToShare(by, householdId) } as const);
  await invite(by, context, { ...number, field: 'body.phone' }, matter, [pointer, own]);
}
