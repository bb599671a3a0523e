import type {
  CourtLimitId,
  GrantId,
  HouseholdId,
  InvitationId,
  MergeId,
  PersonId,
  PostId,
} from '../../contracts/common.ts';
import type { TenantId } from '../../contracts/id.ts';
import { type Key, partition } from './partition.ts';

/** Who people are and what they may do: profiles, grants, posts, households, invitations, court limits, the log of reads. */
export const peopleKeys = {
  profile: (tenantId: TenantId, personId: PersonId): Key => ({
    pk: partition(tenantId, 'PERSON', personId),
    sk: 'PROFILE',
  }),
  access: (tenantId: TenantId, personId: PersonId): Key => ({
    pk: partition(tenantId, 'PERSON', personId),
    sk: 'ACCESS',
  }),
  grant: (tenantId: TenantId, personId: PersonId, grantId: GrantId): Key => ({
    pk: partition(tenantId, 'PERSON', personId),
    sk: `GRANT#${grantId}`,
  }),
  /** A staff read of this person's data, shown to the person; newest first by reversed query. */
  readLog: (tenantId: TenantId, personId: PersonId, atIso: string, readId: string): Key => ({
    pk: partition(tenantId, 'PERSON', personId),
    sk: `READ#${atIso}#${readId}`,
  }),
  /** That this person has asked for something under an `Idempotency-Key`, where what was made is found by other names. */
  request: (tenantId: TenantId, personId: PersonId, requestId: string): Key => ({
    pk: partition(tenantId, 'PERSON', personId),
    sk: `REQUEST#${requestId}`,
  }),
  /** An invitation under who sent it; `invitation` is its other side. */
  sentInvitation: (tenantId: TenantId, personId: PersonId, invitationId: InvitationId): Key => ({
    pk: partition(tenantId, 'PERSON', personId),
    sk: `INVITATION#${invitationId}`,
  }),
  /** How many invitations this person has sent on a date. */
  invitationLimit: (tenantId: TenantId, personId: PersonId, date: string): Key => ({
    pk: partition(tenantId, 'PERSON', personId),
    sk: `LIMIT#INVITATION#${date}`,
  }),
  /** A court's limit on who may act for this child, lifted ones too. */
  courtLimit: (tenantId: TenantId, childId: PersonId, limitId: CourtLimitId): Key => ({
    pk: partition(tenantId, 'PERSON', childId),
    sk: `COURT#${limitId}`,
  }),
  /** An invitation under the number it went to, so that it waits for whoever has that number, known or not. */
  invitation: (tenantId: TenantId, phoneMac: string, invitationId: InvitationId): Key => ({
    pk: partition(tenantId, 'PHONE', phoneMac),
    sk: `INVITATION#${invitationId}`,
  }),
  invitationsTo: (tenantId: TenantId, phoneMac: string): string => partition(tenantId, 'PHONE', phoneMac),
  phone: (tenantId: TenantId, phoneMac: string): Key => ({ pk: partition(tenantId, 'PHONE', phoneMac), sk: 'PERSON' }),
  card: (tenantId: TenantId, cardMac: string): Key => ({ pk: partition(tenantId, 'CARD', cardMac), sk: 'PERSON' }),
  household: (tenantId: TenantId, householdId: HouseholdId): Key => ({
    pk: partition(tenantId, 'HOUSEHOLD', householdId),
    sk: 'HOUSEHOLD',
  }),
  householdMember: (tenantId: TenantId, householdId: HouseholdId, personId: PersonId): Key => ({
    pk: partition(tenantId, 'HOUSEHOLD', householdId),
    sk: `MEMBER#${personId}`,
  }),
  /** That another household has become part of this one. */
  householdMerge: (tenantId: TenantId, householdId: HouseholdId, mergeId: MergeId): Key => ({
    pk: partition(tenantId, 'HOUSEHOLD', householdId),
    sk: `MERGE#${mergeId}`,
  }),
  householdPartition: (tenantId: TenantId, householdId: HouseholdId): string =>
    partition(tenantId, 'HOUSEHOLD', householdId),
  post: (tenantId: TenantId, scope: string, postId: PostId): Key => ({
    pk: partition(tenantId, 'POSTS', scope),
    sk: `POST#${postId}`,
  }),
  serviceAccount: (tenantId: TenantId, accountId: PersonId): Key => ({
    pk: partition(tenantId, 'PERSON', accountId),
    sk: 'SERVICE',
  }),
  /** That a service account has the post of this scope. */
  serviceAccountOf: (tenantId: TenantId, scope: string, accountId: PersonId): Key => ({
    pk: partition(tenantId, 'POSTS', scope),
    sk: `SERVICE#${accountId}`,
  }),
  posts: (tenantId: TenantId, scope: string): string => partition(tenantId, 'POSTS', scope),
  partition: (tenantId: TenantId, personId: PersonId): string => partition(tenantId, 'PERSON', personId),
} as const;
