import { type Key, partition } from './partition.ts';

/** Who people are, how they sign in, what they may, what they have signed and are told. */
export const peopleKeys = {
  profile: (tenantId: string, personId: string): Key => ({
    pk: partition(tenantId, 'PERSON', personId),
    sk: 'PROFILE',
  }),
  access: (tenantId: string, personId: string): Key => ({ pk: partition(tenantId, 'PERSON', personId), sk: 'ACCESS' }),
  grant: (tenantId: string, personId: string, grantId: string): Key => ({
    pk: partition(tenantId, 'PERSON', personId),
    sk: `GRANT#${grantId}`,
  }),
  /** A staff read of this person's data, shown to the person; newest first by reversed query. */
  readLog: (tenantId: string, personId: string, atIso: string, readId: string): Key => ({
    pk: partition(tenantId, 'PERSON', personId),
    sk: `READ#${atIso}#${readId}`,
  }),
  /** That this person has asked for something under an `Idempotency-Key`, where what was made is found by other names. */
  request: (tenantId: string, personId: string, requestId: string): Key => ({
    pk: partition(tenantId, 'PERSON', personId),
    sk: `REQUEST#${requestId}`,
  }),
  /** Whose data a member of staff has been shown at a center's desk on a date, so that it is logged once a day. */
  deskReads: (tenantId: string, staffId: string, centerId: string, date: string): Key => ({
    pk: partition(tenantId, 'PERSON', staffId),
    sk: `DESK#${centerId}#${date}`,
  }),
  /** The same for the rosters of an operator. */
  rosterReads: (tenantId: string, staffId: string, operatorId: string, date: string): Key => ({
    pk: partition(tenantId, 'PERSON', staffId),
    sk: `ROSTER#${operatorId}#${date}`,
  }),
  /** An invitation under who sent it; {@link keys.invitation} is its other side. */
  sentInvitation: (tenantId: string, personId: string, invitationId: string): Key => ({
    pk: partition(tenantId, 'PERSON', personId),
    sk: `INVITATION#${invitationId}`,
  }),
  /** How many invitations this person has sent on a date. */
  invitationLimit: (tenantId: string, personId: string, date: string): Key => ({
    pk: partition(tenantId, 'PERSON', personId),
    sk: `LIMIT#INVITATION#${date}`,
  }),
  /** A court's limit on who may act for this child, lifted ones too. */
  courtLimit: (tenantId: string, childId: string, limitId: string): Key => ({
    pk: partition(tenantId, 'PERSON', childId),
    sk: `COURT#${limitId}`,
  }),
  person: (tenantId: string, personId: string): string => partition(tenantId, 'PERSON', personId),
  phone: (tenantId: string, phoneMac: string): Key => ({ pk: partition(tenantId, 'PHONE', phoneMac), sk: 'PERSON' }),
  /** An invitation under the number it went to, so that it waits for whoever has that number, known or not. */
  invitation: (tenantId: string, phoneMac: string, invitationId: string): Key => ({
    pk: partition(tenantId, 'PHONE', phoneMac),
    sk: `INVITATION#${invitationId}`,
  }),
  invitationsTo: (tenantId: string, phoneMac: string): string => partition(tenantId, 'PHONE', phoneMac),
  card: (tenantId: string, cardMac: string): Key => ({ pk: partition(tenantId, 'CARD', cardMac), sk: 'PERSON' }),
  signInCode: (tenantId: string, phoneMac: string): Key => ({
    pk: partition(tenantId, 'SIGNIN', phoneMac),
    sk: 'CODE',
  }),
  signInLimit: (tenantId: string, subject: string, window: string): Key => ({
    pk: partition(tenantId, 'SIGNIN', subject),
    sk: `LIMIT#${window}`,
  }),
  refreshFamily: (tenantId: string, personId: string, signInId: string): Key => ({
    pk: partition(tenantId, 'TOKENS', personId),
    sk: `FAMILY#${signInId}`,
  }),
  refreshFamilies: (tenantId: string, personId: string): string => partition(tenantId, 'TOKENS', personId),
  household: (tenantId: string, householdId: string): Key => ({
    pk: partition(tenantId, 'HOUSEHOLD', householdId),
    sk: 'HOUSEHOLD',
  }),
  householdMember: (tenantId: string, householdId: string, personId: string): Key => ({
    pk: partition(tenantId, 'HOUSEHOLD', householdId),
    sk: `MEMBER#${personId}`,
  }),
  /** That another household has become part of this one. */
  householdMerge: (tenantId: string, householdId: string, mergeId: string): Key => ({
    pk: partition(tenantId, 'HOUSEHOLD', householdId),
    sk: `MERGE#${mergeId}`,
  }),
  householdPartition: (tenantId: string, householdId: string): string => partition(tenantId, 'HOUSEHOLD', householdId),
  post: (tenantId: string, scope: string, postId: string): Key => ({
    pk: partition(tenantId, 'POSTS', scope),
    sk: `POST#${postId}`,
  }),
  posts: (tenantId: string, scope: string): string => partition(tenantId, 'POSTS', scope),
  sentMessage: (tenantId: string, messageId: string): Key => ({
    pk: partition(tenantId, 'SENT', messageId),
    sk: 'MESSAGE',
  }),
  /** Which feed a token opens; the feed itself lies with whose it is. */
  feedToken: (tenantId: string, tokenMac: string): Key => ({ pk: partition(tenantId, 'FEED', tokenMac), sk: 'TOKEN' }),
  feed: (tenantId: string, ownerId: string, feedId: string): Key => ({
    pk: partition(tenantId, 'FEED', ownerId),
    sk: `FEED#${feedId}`,
  }),
  feeds: (tenantId: string, ownerId: string): string => partition(tenantId, 'FEED', ownerId),
  waivers: (tenantId: string): string => partition(tenantId, 'WAIVERS'),
  waiver: (tenantId: string, waiverId: string): Key => ({
    pk: partition(tenantId, 'WAIVERS'),
    sk: `WAIVER#${waiverId}`,
  }),
  waiverText: (tenantId: string, waiverId: string, version: number): Key => ({
    pk: partition(tenantId, 'WAIVERS', waiverId),
    sk: `VERSION#${String(version).padStart(6, '0')}`,
  }),
  signatures: (tenantId: string, personId: string): string => partition(tenantId, 'SIGNED', personId),
  /** What a person has signed of one waiver, all versions in one item. */
  signature: (tenantId: string, personId: string, waiverId: string): Key => ({
    pk: partition(tenantId, 'SIGNED', personId),
    sk: `WAIVER#${waiverId}`,
  }),
} as const;
