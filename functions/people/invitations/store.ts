import type { AuthorizedActor } from '../../../shared/access/authorize.ts';
import type { InvitationId } from '../../../shared/contracts/common.ts';
import { epochSeconds } from '../../../shared/kernel/clock.ts';
import { CIVIL_ZONE, civilNow } from '../../../shared/kernel/days.ts';
import { refuse } from '../../../shared/kernel/refusal.ts';
import { condition, type Meaning } from '../../../shared/table/conditions.ts';
import { keys } from '../../../shared/table/keys.ts';
import { get, queryAll } from '../../../shared/table/read.ts';
import { transact, update, type Write } from '../../../shared/table/write.ts';
import { requestWrite } from '../requests/store.ts';
import { type InvitationItem, invitationItem } from './items.ts';
import { INVITATIONS_A_DAY_MOST } from './rules.ts';

const DAY_MINUTES = 1_440;
const COUNTED_SECONDS = 2 * 86_400;

/** Counts one invitation of the actor's civil day. Refuses `rate-limited` with the seconds until midnight. */
function limitWrite(by: AuthorizedActor): Write {
  const { date, minutes } = civilNow(by.now, CIVIL_ZONE);
  return {
    key: keys.people.invitationLimit(by.tenantId, by.actor.personId, date),
    update: 'SET ttlEpochSeconds = :ttl ADD #count :one',
    names: { '#count': 'count' },
    values: { ':ttl': epochSeconds(by.now) + COUNTED_SECONDS, ':one': 1, ':most': INVITATIONS_A_DAY_MOST },
    conditions: [condition('below the limit of the day', 'attribute_not_exists(#count) OR #count < :most')],
    meaning: () =>
      refuse('rate-limited', { retryAfterSeconds: (DAY_MINUTES - minutes) * 60, most: INVITATIONS_A_DAY_MOST }),
  };
}

/**
 * Sends an invitation. The same one again, answered or not, begins anew: whether it was declined makes no difference that its
 * sender could see. Refuses `idempotency-key-reused`, `rate-limited`.
 */
export async function createInvitation(
  by: AuthorizedActor,
  invitation: InvitationItem,
  request: { readonly requestId: string; readonly requestHash: string },
): Promise<void> {
  const { tenantId } = by;
  const { phoneMac, inviterId, invitationId } = invitation;
  await transact([
    // First, so that a repeat of the request is not counted.
    requestWrite(by, request.requestId, request.requestHash),
    limitWrite(by),
    { key: keys.people.invitation(tenantId, phoneMac, invitationId), item: invitation },
    { key: keys.people.sentInvitation(tenantId, inviterId, invitationId), item: invitation },
  ]);
}

/** Every invitation to a number that the table still has, answered and expired ones too. */
export async function readInvitationsTo(by: AuthorizedActor, phoneMac: string): Promise<InvitationItem[]> {
  return queryAll({ pk: keys.people.invitationsTo(by.tenantId, phoneMac), begins: 'INVITATION#' }, invitationItem);
}

/** The same of those the actor has sent. */
export async function readInvitationsFrom(by: AuthorizedActor): Promise<InvitationItem[]> {
  return queryAll({ pk: keys.people.partition(by.tenantId, by.actor.personId), begins: 'INVITATION#' }, invitationItem);
}

export async function readInvitation(by: AuthorizedActor, phoneMac: string, invitationId: InvitationId) {
  return get(keys.people.invitation(by.tenantId, phoneMac, invitationId), invitationItem);
}

export async function readSentInvitation(by: AuthorizedActor, invitationId: InvitationId) {
  return get(keys.people.sentInvitation(by.tenantId, by.actor.personId, invitationId), invitationItem);
}

/** The table deletes what has expired days late, so the write looks at the time itself. */
const open = condition(
  'open',
  'attribute_exists(pk) AND attribute_not_exists(answer) AND expiresAtEpochSeconds > :now',
);

const answeredBefore =
  (answer: InvitationItem['answer']): Meaning =>
  (item) =>
    item?.['answer'] === answer ? 'done' : refuse('invitation-gone');

const answering = (by: AuthorizedActor, answer: NonNullable<InvitationItem['answer']>) => ({
  update: 'SET answer = :answer',
  values: { ':answer': answer, ':now': epochSeconds(by.now) },
  conditions: [open],
  meaning: answeredBefore(answer),
});

/** The writes that accept an invitation, first in the transaction that does what it asks. Accepted before, that transaction is done. */
export function acceptWrites(by: AuthorizedActor, { phoneMac, inviterId, invitationId }: InvitationItem): Write[] {
  const accepting = answering(by, 'accepted');
  return [
    { ...accepting, key: keys.people.invitation(by.tenantId, phoneMac, invitationId) },
    { ...accepting, key: keys.people.sentInvitation(by.tenantId, inviterId, invitationId) },
  ];
}

/** Declines, on the side of whoever declines only. Refuses `invitation-gone`. */
export async function declineInvitation(
  by: AuthorizedActor,
  phoneMac: string,
  invitationId: InvitationId,
): Promise<void> {
  await update({ ...answering(by, 'declined'), key: keys.people.invitation(by.tenantId, phoneMac, invitationId) });
}

/** Takes back what the actor has sent, also when it was declined. Refuses `invitation-gone`. */
export async function withdrawInvitation(
  by: AuthorizedActor,
  { phoneMac, invitationId }: InvitationItem,
): Promise<void> {
  await transact([
    {
      ...answering(by, 'withdrawn'),
      key: keys.people.sentInvitation(by.tenantId, by.actor.personId, invitationId),
    },
    {
      key: keys.people.invitation(by.tenantId, phoneMac, invitationId),
      update: 'SET answer = :withdrawn',
      values: { ':withdrawn': 'withdrawn', ':accepted': 'accepted' },
      conditions: [condition('not accepted', 'attribute_not_exists(answer) OR answer <> :accepted')],
      meaning: () => refuse('invitation-gone'),
    },
  ]);
}
