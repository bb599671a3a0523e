import { type Key, partition } from './partition.ts';

/** Who people are and what they may do: profiles, grants, posts, households, invitations, court limits, the log of reads. */
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
  /** An invitation under who sent it; `invitation` is its other side. */
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
  /** An invitation under the number it went to, so that it waits for whoever has that number, known or not. */
  invitation: (tenantId: string, phoneMac: string, invitationId: string): Key => ({
    pk: partition(tenantId, 'PHONE', phoneMac),
    sk: `INVITATION#${invitationId}`,
  }),
  invitationsTo: (tenantId: string, phoneMac: string): string => partition(tenantId, 'PHONE', phoneMac),
  phone: (tenantId: string, phoneMac: string): Key => ({ pk: partition(tenantId, 'PHONE', phoneMac), sk: 'PERSON' }),
  card: (tenantId: string, cardMac: string): Key => ({ pk: partition(tenantId, 'CARD', cardMac), sk: 'PERSON' }),
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
  partition: (tenantId: string, personId: string): string => partition(tenantId, 'PERSON', personId),
} as const;
