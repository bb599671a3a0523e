import * as z from 'zod';
import { confirmation, groupId, memberGroups } from './city-rules.ts';
import {
  centerId,
  courtLimitId,
  freeText,
  grantId,
  householdId,
  instant,
  invitationId,
  isoDate,
  mergeId,
  namedPerson,
  operatorId,
  personId,
  postId,
} from './common.ts';

export const districts = ['荔城区', '城厢区', '涵江区', '秀屿区', '仙游县'] as const;

/** A person's own record, as the person, a guardian, a proxy or staff with a reason sees it. */
export const person = z.object({
  personId,
  name: z.string(),
  birthDate: isoDate.optional(),
  district: z.string().optional(),
  school: z.string().optional(),
  /** Whether staff have seen a paper for that school; without it no rule counts it. Stating another takes it away. */
  schoolConfirmed: confirmation.optional(),
  /** Groups that staff have confirmed: places may be kept for them. Who has confirmed it, and when. */
  groups: memberGroups.optional(),
  phoneMasked: z.string().optional(),
  cardMasked: z.string().optional(),
  householdId: householdId.optional(),
  version: z.int(),
});
export type Person = z.infer<typeof person>;
export const personAnswer = z.object({ person });
export const peopleAnswer = z.object({ people: z.array(person) });
/** Staff who open somebody's record say why; the reason is shown to that person. */
export const personQuery = z.strictObject({ reason: freeText(200).optional() });

/**
 * What a grant lets its holder do beside seeing: book and cancel; fetch the person from a center; speak for them, which is to change
 * their record, to let others act and to say what those may do. Only a guardian can `manage`.
 */
export const grantRight = z.enum(['book', 'pickup', 'manage']);
export type GrantRight = z.infer<typeof grantRight>;

/** Someone I may act for (or I myself), short enough for a picker. */
export const actsFor = z.object({
  personId,
  name: z.string(),
  birthDate: isoDate.optional(),
  as: z.enum(['self', 'guardian', 'proxy']),
  grantId: grantId.optional(),
  /** Of the grant; for oneself there is nothing to say. */
  rights: z.array(grantRight).optional(),
});

export const bureaus = ['commerce', 'civil-affairs', 'education', 'health'] as const;

/** A post: what someone may do because of their job. `scope` is a center, an operator, a bureau or the tenant. */
export const post = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('center-staff'), postId, centerId }),
  z.object({ kind: z.literal('operator-staff'), postId, operatorId }),
  z.object({ kind: z.literal('bureau-officer'), postId, bureau: z.enum(bureaus) }),
  z.object({ kind: z.literal('platform-admin'), postId }),
]);
export type Post = z.infer<typeof post>;

/** What the signed-in person is: enough for the web to show only what one may do. */
export const me = z.object({
  person,
  actsFor: z.array(actsFor),
  posts: z.array(post),
});
export type Me = z.infer<typeof me>;

/** What is to change of a record; what is left out stays. */
export const profileChange = z.strictObject({
  name: freeText(40).optional(),
  birthDate: isoDate.optional(),
  district: z.enum(districts).optional(),
  school: freeText(60).optional(),
});

/** What staff have seen a document for: the school somebody goes to, or that they belong to a group (or no longer do). */
export const confirmedFact = z.union([
  z.strictObject({ school: freeText(60), reason: freeText(200) }),
  z.strictObject({ groupId, member: z.boolean(), reason: freeText(200) }),
]);

/** A resident identity card number, GB 11643. Stored encrypted, shown masked. */
const residentIdNumber = z
  .string()
  .trim()
  .transform((text) => text.toUpperCase())
  .pipe(z.string().regex(/^[1-9]\d{16}[\dX]$/, { error: 'must be an 18-character resident ID' }));

/** Staff create a record for someone without a phone: name and card are enough. */
export const personByStaff = z.strictObject({
  name: freeText(40),
  cardNumber: residentIdNumber,
  district: z.enum(districts).optional(),
  reason: freeText(200),
});

export const personSearchByStaff = z.strictObject({
  /** Exactly one of the two. */
  cardNumber: residentIdNumber.optional(),
  phone: z.string().max(24).optional(),
  reason: freeText(200),
});

export const memberRoles = ['adult', 'child', 'elder'] as const;

/** Two households that have become one, as long as either side can still undo it. */
export const householdMerge = z.object({
  mergeId,
  /** The household that came in. */
  fromName: z.string(),
  at: instant,
  undoUntil: instant,
  /** Who came in with it, and would go back. */
  members: z.array(namedPerson),
  /** For whom the head may act because of it. */
  grants: z.array(namedPerson),
});
export type HouseholdMerge = z.infer<typeof householdMerge>;

/** People who belong together. */
export const household = z.object({
  householdId,
  name: z.string(),
  /** The adult who answers for a household that was merged: by accepting they see and book for the children of both. */
  headId: personId.optional(),
  merge: householdMerge.optional(),
  members: z.array(
    z.object({
      personId,
      name: z.string(),
      role: z.enum(memberRoles),
      birthDate: isoDate.optional(),
      since: instant,
    }),
  ),
});
export type Household = z.infer<typeof household>;

export const householdCreate = z.strictObject({ name: freeText(40) });

/** A child or an elder without an account of their own is created in the household; whoever adds a child becomes its guardian, an elder's proxy. */
export const memberCreate = z.strictObject({
  name: freeText(40),
  birthDate: isoDate,
  role: z.enum(['child', 'elder']),
  cardNumber: residentIdNumber.optional(),
  /** As the family says; staff confirm it. */
  school: freeText(60).optional(),
});

/** The right of one person to act for another. */
export const grant = z.object({
  grantId,
  kind: z.enum(['guardian', 'proxy']),
  holder: namedPerson,
  subject: namedPerson,
  rights: z.array(grantRight),
  /** It stands, but nothing can be done by it for the time being. Whoever it concerns asks the bureau of civil affairs. */
  paused: z.boolean().optional(),
  since: instant,
  endedAt: instant.optional(),
  endedBy: personId.optional(),
});
export type Grant = z.infer<typeof grant>;

/**
 * The subject lets someone act for them (`proxy`), or a guardian lets another adult act for a child (`guardian`): the subject is
 * oneself or a child one is guardian of. The holder is named by phone, is invited, and holds the grant once they accept; until then
 * everything is the same whether or not the number is known.
 */
export const grantCreate = z.strictObject({
  kind: z.enum(['guardian', 'proxy']),
  subjectId: personId,
  holderPhone: z.string().max(24),
});
/** What the holder may do from now on, all of it; nothing is left of a right that is not named. */
export const grantChange = z.strictObject({ rights: z.array(grantRight).max(3) });
export const grantAnswer = z.object({ grant });

/**
 * An adult of a household asks another adult in, named by phone; again the same for any number. `merge` asks an adult of another
 * household to bring all of it, and to be the head of both.
 */
export const invitationCreate = z.strictObject({
  phone: z.string().max(24),
  kind: z.enum(['household', 'merge']).default('household'),
});
export const invitedAnswer = z.object({ accepted: z.literal(true) });

export const invitationKinds = ['household', 'merge', 'guardian', 'proxy'] as const;

/** What somebody asks of me. The name of a child is masked until I accept: the number may have been mistyped. */
export const invitation = z.object({
  invitationId,
  kind: z.enum(invitationKinds),
  inviterName: z.string(),
  /** For `household` and `merge`. */
  householdName: z.string().optional(),
  /** For `guardian` and `proxy`: for whom I would act. */
  subjectName: z.string().optional(),
  /** For `merge`: everything that accepting does. */
  gives: z
    .object({
      /** Who of my own household comes along. */
      members: z.array(namedPerson),
      /** For whom I could see and book as the head, by the grants that accepting makes. */
      grants: z.array(z.object({ name: z.string(), rights: z.array(grantRight) })),
    })
    .optional(),
  since: instant,
  until: instant,
});
export type Invitation = z.infer<typeof invitation>;

/** What I have asked of others and may still withdraw. It says of the other side only what I said myself: the number. */
export const sentInvitation = z.object({
  invitationId,
  kind: z.enum(invitationKinds),
  phoneMasked: z.string(),
  subject: namedPerson.optional(),
  since: instant,
  until: instant,
});
export type SentInvitation = z.infer<typeof sentInvitation>;
export const invitations = z.object({ received: z.array(invitation), sent: z.array(sentInvitation) });
export type Invitations = z.infer<typeof invitations>;

/** What accepting an invitation has brought: the household one is in now, or the grant one holds. */
export const invitationAccepted = z.object({ household: household.optional(), grant: grant.optional() });
export type InvitationAccepted = z.infer<typeof invitationAccepted>;

/** Grants that a person holds, and those that they gave. */
export const grants = z.object({ held: z.array(grant), given: z.array(grant) });

/**
 * A court or an authority has decided that an adult may not act for a child. While it stands it beats every grant, also later ones.
 * Only those who set and lift it see why.
 */
export const courtLimit = z.object({
  limitId: courtLimitId,
  adult: namedPerson,
  reason: z.string(),
  documentNumber: z.string(),
  since: instant,
  setBy: namedPerson,
  lifted: z
    .object({
      at: instant,
      by: namedPerson,
      reason: z.string(),
      documentNumber: z.string(),
    })
    .optional(),
});
export type CourtLimit = z.infer<typeof courtLimit>;

/** On which document a limit is set, or lifted. */
const decision = { reason: freeText(400), documentNumber: freeText(80) };
export const courtLimitCreate = z.strictObject({ adultId: personId, ...decision });
export const courtLimitLift = z.strictObject(decision);
export const courtLimitAnswer = z.object({ limit: courtLimit });
/** Officers who look up who acts for whom say why; the reason is shown to that person. */
export const courtLimitsQuery = z.strictObject({ reason: freeText(200) });
/** Who acts for somebody, or for whom somebody acts, and as what. */
export const relative = z.object({ personId, name: z.string(), as: z.enum(['guardian', 'proxy']) });
/** A person as the officer for limits sees them: who acts for them, for which children they act, the limits on who may. */
export const courtLimitsAnswer = z.object({
  person: z.object({ personId, name: z.string(), isChild: z.boolean() }),
  holders: z.array(relative),
  children: z.array(relative),
  limits: z.array(courtLimit),
});
export type CourtLimits = z.infer<typeof courtLimitsAnswer>;

const centerStaff = z.strictObject({ kind: z.literal('center-staff'), centerId });
const operatorStaff = z.strictObject({ kind: z.literal('operator-staff'), operatorId });
const bureauOfficer = z.strictObject({ kind: z.literal('bureau-officer'), bureau: z.enum(bureaus) });
const platformAdmin = z.strictObject({ kind: z.literal('platform-admin') });

/** A post that nobody holds yet: what it is about. */
export const postScope = z.discriminatedUnion('kind', [centerStaff, operatorStaff, bureauOfficer, platformAdmin]);

/** A post to give, and to whom. */
export const postCreate = z.discriminatedUnion('kind', [
  centerStaff.extend({ personId }),
  operatorStaff.extend({ personId }),
  bureauOfficer.extend({ personId }),
  platformAdmin.extend({ personId }),
]);

export const postAnswer = z.object({ post });
/** Who holds a post, since when. */
export const postHolder = z.object({ post, person: namedPerson, since: instant });
export type PostHolder = z.infer<typeof postHolder>;
export const postsAnswer = z.object({ posts: z.array(postHolder) });
/** `of` names the center, the operator or the bureau; a platform admin's post has none. */
export const postsQuery = z.strictObject({
  kind: z.enum(['center-staff', 'operator-staff', 'bureau-officer', 'platform-admin']),
  of: z.string().max(40).optional(),
});

/** One staff read of a person's data, as shown to that person (law 8). */
export const readLogEntry = z.object({
  at: instant,
  byName: z.string(),
  as: z.string(),
  what: z.string(),
  reason: z.string().optional(),
});
export type ReadLogEntry = z.infer<typeof readLogEntry>;
export const readsAnswer = z.object({ reads: z.array(readLogEntry) });
