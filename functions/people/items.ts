import * as z from 'zod';
import type { AccessRecord } from '../../shared/access/access-record.ts';
import { confirmation, memberGroups } from '../../shared/contracts/city-rules.ts';
import {
  courtLimitId,
  grantId,
  householdId,
  instant,
  invitationId,
  isoDate,
  mergeId,
  personId,
  postId,
} from '../../shared/contracts/common.ts';
import { grantRight, memberRoles, type Post, post } from '../../shared/contracts/people.ts';
import { maskedPhone } from '../../shared/kernel/phone.ts';
import { maskedCardNumber } from '../../shared/kernel/resident-id.ts';
import { decrypt, encrypt, lookupMac } from '../../shared/keyring/keyring.ts';
import type { RawItem } from '../../shared/table/conditions.ts';
import { type Key, keys } from '../../shared/table/keys.ts';
import { requestHashAttribute, storedAs } from '../../shared/table/stored.ts';

/** What the module stores, and how an item of each kind is made. Nothing here speaks to the table. */

/** The fingerprint of the request that created an item, to tell a replay from another body under the same key. */
const requestHash = z.string().optional();

const profileFields = z.object({
  personId,
  name: z.string(),
  birthDate: isoDate.optional(),
  district: z.string().optional(),
  school: z.string().optional(),
  schoolConfirmed: confirmation.optional(),
  groups: memberGroups.optional(),
  phoneCipher: z.string().optional(),
  phoneMasked: z.string().optional(),
  cardCipher: z.string().optional(),
  cardMasked: z.string().optional(),
  householdId: householdId.optional(),
  version: z.int(),
  createdAt: instant,
  requestHash,
});
export type Profile = z.infer<typeof profileFields>;
export const profileItem = storedAs(profileFields, requestHashAttribute);

/** The item behind a phone or a card number, found by its keyed fingerprint. */
export const pointerItem = z.object({ personId });

/** Stored twice, under the holder and under the subject, so that each side lists its own with one query. */
export const grantItem = z.object({
  grantId,
  kind: z.enum(['guardian', 'proxy']),
  holderId: personId,
  subjectId: personId,
  /** Left out: everything that a grant of its kind can carry. */
  rights: z.array(grantRight).optional(),
  /** The merge of two households that made it, and that takes it back when it is undone. */
  mergeId: mergeId.optional(),
  since: instant,
  endedAt: instant.optional(),
  endedBy: personId.optional(),
});
export type GrantItem = z.infer<typeof grantItem>;

export const postItem = z.object({
  postId,
  post,
  personId,
  grantedBy: personId.optional(),
  since: instant,
  endedAt: instant.optional(),
  endedBy: personId.optional(),
});
export type PostItem = z.infer<typeof postItem>;

const householdFields = z.object({
  householdId,
  name: z.string(),
  memberCount: z.int(),
  /** The adult who answers for a merged household. */
  headId: personId.optional(),
  /** The latest merge into it. */
  mergeId: mergeId.optional(),
  createdAt: instant,
  requestHash,
});
export type HouseholdItem = z.infer<typeof householdFields>;
export const householdItem = storedAs(householdFields, requestHashAttribute);

export const memberItem = z.object({
  personId,
  role: z.enum(memberRoles),
  since: instant,
  /** Who added them, or asked them in: with whom they stay when a merge is undone. */
  addedBy: personId.optional(),
});
export type MemberItem = z.infer<typeof memberItem>;

/** That another household came into this one: enough to take exactly that back. */
export const mergeItem = z.object({
  mergeId,
  /** The household as it was, which is gone while the merge stands. */
  from: householdItem,
  headId: personId,
  /** Who answered for the receiving household before. */
  previousHeadId: personId.optional(),
  /** The adults of both sides at that time: each of them can undo it. */
  adultIds: z.array(personId),
  movedIds: z.array(personId),
  grants: z.array(z.object({ grantId, subjectId: personId })),
  at: instant,
  undoUntilEpochSeconds: z.int(),
  undoneAt: instant.optional(),
  undoneBy: personId.optional(),
});
export type MergeItem = z.infer<typeof mergeItem>;

/** A court's limit, under the child. The adult's access record names the child as long as it stands. */
const courtLimitFields = z.object({
  limitId: courtLimitId,
  childId: personId,
  adultId: personId,
  reason: z.string(),
  documentNumber: z.string(),
  since: instant,
  setBy: personId,
  lifted: z.object({ at: instant, by: personId, reason: z.string(), documentNumber: z.string() }).optional(),
  requestHash,
});
export type CourtLimitItem = z.infer<typeof courtLimitFields>;
export const courtLimitItem = storedAs(courtLimitFields, requestHashAttribute);

const invitationFields = {
  invitationId,
  inviterId: personId,
  phoneMac: z.string(),
  phoneMasked: z.string(),
  since: instant,
  expiresAtEpochSeconds: z.int(),
  ttlEpochSeconds: z.int(),
  answer: z.enum(['accepted', 'declined', 'withdrawn']).optional(),
};
/**
 * Stored twice, under the number it went to and under who sent it. Nothing in it depends on whether the number is known, and a
 * `declined` is written only on the side of whoever declined.
 */
export const invitationItem = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('household'), householdId, householdName: z.string(), ...invitationFields }),
  z.object({
    kind: z.literal('merge'),
    householdId,
    householdName: z.string(),
    /** The children for whom its sender lets whoever accepts act. */
    subjectIds: z.array(personId),
    ...invitationFields,
  }),
  z.object({ kind: z.enum(['guardian', 'proxy']), subjectId: personId, ...invitationFields }),
]);
export type InvitationItem = z.infer<typeof invitationItem>;
export type HouseholdInvitation = Extract<InvitationItem, { kind: 'household' }>;
export type MergeInvitation = Extract<InvitationItem, { kind: 'merge' }>;
export type GrantInvitation = Exclude<InvitationItem, HouseholdInvitation | MergeInvitation>;

export const readItem = z.object({
  at: instant,
  byId: personId,
  as: z.string(),
  what: z.string(),
  reason: z.string().optional(),
});

/** An item with its key, ready for a put. */
export type PlannedItem = { readonly key: Key; readonly item: RawItem };

/** A phone or card number as it is stored: encrypted, masked, and the fingerprint it is looked up by. */
export type SealedNumber = { readonly cipher: string; readonly masked: string; readonly mac: string };

const cipherContext = (kind: 'phone' | 'card', tenantId: string, personId: string) => `${kind}:${tenantId}:${personId}`;

/** The fingerprints live in the tenant's own keys, so equal numbers of two cities never meet. */
export async function sealed(
  kind: 'phone' | 'card',
  tenantId: string,
  personId: string,
  number: string,
): Promise<SealedNumber> {
  const [cipher, mac] = await Promise.all([
    encrypt(number, cipherContext(kind, tenantId, personId)),
    lookupMac(kind, number),
  ]);
  return { cipher, mac, masked: kind === 'phone' ? maskedPhone(number) : maskedCardNumber(number) };
}

/** The phone number of a profile in clear (E.164), `undefined` when the person has none. */
export async function phoneOfProfile(tenantId: string, profile: Profile): Promise<string | undefined> {
  if (!profile.phoneCipher) return undefined;
  return decrypt(profile.phoneCipher, cipherContext('phone', tenantId, profile.personId));
}

export type NewPerson = {
  readonly personId: string;
  readonly name: string;
  readonly createdAt: string;
  readonly birthDate?: string | undefined;
  readonly district?: string | undefined;
  readonly school?: string | undefined;
  readonly schoolConfirmed?: Profile['schoolConfirmed'];
  readonly groups?: Profile['groups'];
  readonly phone?: SealedNumber | undefined;
  readonly card?: SealedNumber | undefined;
  readonly householdId?: string | undefined;
  readonly actsFor?: AccessRecord['actsFor'];
  readonly posts?: AccessRecord['posts'];
  readonly requestHash?: string | undefined;
};

/** Everything that makes a person: the profile first, then the access record, then what phone and card are found by. */
export function personItems(tenantId: string, person: NewPerson): PlannedItem[] {
  const { personId, phone, card, actsFor = {}, posts = {}, ...rest } = person;
  const profile: Profile = {
    ...rest,
    personId,
    version: 1,
    ...(phone ? { phoneCipher: phone.cipher, phoneMasked: phone.masked } : {}),
    ...(card ? { cardCipher: card.cipher, cardMasked: card.masked } : {}),
  };
  const access: AccessRecord = { personId, signedOutBeforeEpochSeconds: 0, actsFor, posts };
  return [
    { key: keys.people.profile(tenantId, personId), item: z.encode(profileItem, profile) },
    { key: keys.people.access(tenantId, personId), item: access },
    ...(phone ? [{ key: keys.people.phone(tenantId, phone.mac), item: { personId } }] : []),
    ...(card ? [{ key: keys.people.card(tenantId, card.mac), item: { personId } }] : []),
  ];
}

/** A grant under both its sides. The holder's access record must name it too: see {@link NewPerson.actsFor}. */
export function grantItems(tenantId: string, grant: GrantItem): PlannedItem[] {
  return [
    { key: keys.people.grant(tenantId, grant.subjectId, grant.grantId), item: grant },
    { key: keys.people.grant(tenantId, grant.holderId, grant.grantId), item: grant },
  ];
}

/** What a post is about, as the key of the list it stands in. */
export function scopeOfPost(held: Post): string {
  switch (held.kind) {
    case 'center-staff':
      return scopeOf(held.kind, held.centerId);
    case 'operator-staff':
      return scopeOf(held.kind, held.operatorId);
    case 'bureau-officer':
      return scopeOf(held.kind, held.bureau);
    case 'platform-admin':
      return scopeOf(held.kind, undefined);
  }
}

export const scopeOf = (kind: Post['kind'], of: string | undefined): string => (of ? `${kind}.${of}` : kind);

/** A post in the list of its scope. The holder's access record must name it too: see {@link NewPerson.posts}. */
export function postItems(tenantId: string, held: PostItem): PlannedItem[] {
  return [{ key: keys.people.post(tenantId, scopeOfPost(held.post), held.postId), item: held }];
}

/** A household and its members. Each member's profile must name it too: see {@link NewPerson.householdId}. */
export function householdItems(
  tenantId: string,
  household: Omit<HouseholdItem, 'memberCount'>,
  members: readonly MemberItem[],
): PlannedItem[] {
  return [
    {
      key: keys.people.household(tenantId, household.householdId),
      item: z.encode(householdItem, { ...household, memberCount: members.length }),
    },
    ...members.map((member) => ({
      key: keys.people.householdMember(tenantId, household.householdId, member.personId),
      item: member,
    })),
  ];
}
