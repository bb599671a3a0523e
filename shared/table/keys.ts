import { isoWeekOf } from '../kernel/days.ts';

/** The primary key of an item: `pk` starts with the tenant, then names a namespace. */
export type Key = { readonly pk: string; readonly sk: string };

/**
 * The namespaces of partition keys: `<tenant>#<NAMESPACE>` or `<tenant>#<NAMESPACE>#<id>…`. A function's grant lists namespaces
 * (as `dynamodb:LeadingKeys` patterns), so this list is also the list of what can be granted.
 */
export const namespaces = [
  'PERSON', // profile, access record, grants, court limits, invitations sent, log of reads
  'PHONE', // phone → person, invitations to it
  'CARD', // identity card → person
  'SIGNIN', // one-time codes and their limits
  'TOKENS', // refresh families of a person
  'HOUSEHOLD', // a household, its members, and the households merged into it
  'POSTS', // posts by scope: who holds what at a center, an operator, a bureau
  'CENTERS', // the list of centers
  'CENTER', // one center: rooms, offerings, date exceptions
  'CALENDAR', // holidays and make-up workdays of a year, as overridden by the tenant
  'OPERATORS', // the list of operators
  'OPERATOR', // one operator: its profile, whitelist entries, the offerings it provides
  'ROOMWEEK', // day sheets of a center's rooms, a week together
  'SESSIONWEEK', // sessions of a center with their seat maps, a week together
  'AGENDA', // a person's day sheets and derived booking rows
  'ORDER', // orders: the record that commits or releases several places, or a hold, as one
  'NOSHOWS', // contested no-shows of a center
  'RULES', // rules of the city, as data: fair use, horizons, kinds of pass, no-shows
  'COUNTER', // what is used of an allowance, what is left of a pass
  'AMOUNT', // what is owed for an order or a booking, movement by movement
  'APPROVAL', // holds that wait for a word of a center
  'DECISION', // the waitlist's decisions of one session, in their order
  'ROUNDS', // the list of allocation rounds: how each stands
  'ROUND', // one round: its sessions, the list that was drawn, the result
  'APPLICATIONS', // applications of a round, spread over shards
  'CLOSURES', // closures of a center, and which closure ended a booking
  'CLOSURE', // one closure: each affected booking, each party in line, and what became of it
  'SENT', // messages that left: each once
  'FEED', // calendar feeds: by the fingerprint of their token, and by whose they are
  'DOOR', // keys of a center's doors, who came in, wrong codes counted
  'WAIVERS', // what must be signed: each waiver as it stands, and every version of its text
  'SIGNED', // what a person has signed
  'SERIES', // recurring bookings: a series with its occurrences; what closures of a center may have skipped
  'DUE', // index only: whatever must happen later, by time
] as const;

export type Namespace = (typeof namespaces)[number];

/** Patterns for `dynamodb:LeadingKeys` (with StringLike) that admit exactly these namespaces, of any tenant. */
export function leadingKeyPatterns(granted: readonly Namespace[]): string[] {
  return granted.flatMap((namespace) => [`*#${namespace}`, `*#${namespace}#*`]);
}

const partition = (tenantId: string, namespace: Namespace, ...rest: string[]): string =>
  [tenantId, namespace, ...rest].join('#');

/** Every key of the table is built here; the tenant always comes from the authorization step. */
export const keys = {
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

  centers: (tenantId: string): string => partition(tenantId, 'CENTERS'),
  center: (tenantId: string, centerId: string): Key => ({
    pk: partition(tenantId, 'CENTERS'),
    sk: `CENTER#${centerId}`,
  }),
  centerPartition: (tenantId: string, centerId: string): string => partition(tenantId, 'CENTER', centerId),
  room: (tenantId: string, roomId: string): Key => ({
    pk: partition(tenantId, 'CENTER', centerOf(roomId)),
    sk: `ROOM#${roomId}`,
  }),
  offering: (tenantId: string, offeringId: string): Key => ({
    pk: partition(tenantId, 'CENTER', centerOf(offeringId)),
    sk: `OFFERING#${offeringId}`,
  }),
  calendarYear: (tenantId: string, year: string): Key => ({ pk: partition(tenantId, 'CALENDAR'), sk: `YEAR#${year}` }),

  /** Says that the sample data of this tenant are complete, and for which weeks. */
  seeded: (tenantId: string): Key => ({ pk: partition(tenantId, 'CALENDAR'), sk: 'IMPORT#SEED' }),

  operators: (tenantId: string): string => partition(tenantId, 'OPERATORS'),
  operator: (tenantId: string, operatorId: string): Key => ({
    pk: partition(tenantId, 'OPERATORS'),
    sk: `OPERATOR#${operatorId}`,
  }),
  operatorPartition: (tenantId: string, operatorId: string): string => partition(tenantId, 'OPERATOR', operatorId),
  /** The one whitelist entry of an operator at a center. */
  whitelistEntry: (tenantId: string, operatorId: string, centerId: string): Key => ({
    pk: partition(tenantId, 'OPERATOR', operatorId),
    sk: `WHITELIST#${centerId}`,
  }),
  /** Says that this operator provides this offering; lists an operator's offerings in one query. */
  operatorOffering: (tenantId: string, operatorId: string, offeringId: string): Key => ({
    pk: partition(tenantId, 'OPERATOR', operatorId),
    sk: `OFFERING#${offeringId}`,
  }),

  roomDay: (tenantId: string, roomId: string, date: string): Key => ({
    pk: partition(tenantId, 'ROOMWEEK', centerOf(roomId), isoWeekOf(date)),
    sk: `${roomId}#${date}`,
  }),
  roomWeek: (tenantId: string, centerId: string, week: string): string =>
    partition(tenantId, 'ROOMWEEK', centerId, week),
  session: (tenantId: string, sessionId: string): Key => {
    const { centerId, date } = partsOfSessionId(sessionId);
    return { pk: partition(tenantId, 'SESSIONWEEK', centerId, isoWeekOf(date)), sk: `${date}#${sessionId}` };
  },
  sessionWeek: (tenantId: string, centerId: string, week: string): string =>
    partition(tenantId, 'SESSIONWEEK', centerId, week),

  agenda: (tenantId: string, personId: string): string => partition(tenantId, 'AGENDA', personId),
  agendaDay: (tenantId: string, personId: string, date: string): Key => ({
    pk: partition(tenantId, 'AGENDA', personId),
    sk: `DAY#${date}`,
  }),
  booking: (tenantId: string, personId: string, bookingId: string): Key => ({
    pk: partition(tenantId, 'AGENDA', personId),
    sk: `BOOKING#${bookingId}`,
  }),
  /** A place in the waitlist of a session, under who asked for it. */
  wait: (tenantId: string, personId: string, sessionId: string): Key => ({
    pk: partition(tenantId, 'AGENDA', personId),
    sk: `WAIT#${sessionId}`,
  }),
  /** The no-shows of a person that may count. */
  standing: (tenantId: string, personId: string): Key => ({
    pk: partition(tenantId, 'AGENDA', personId),
    sk: 'STANDING',
  }),
  /** A line of the log of a no-show; lines of one booking lie together, in their order. */
  noShowLine: (tenantId: string, personId: string, bookingId: string, place: number): Key => ({
    pk: partition(tenantId, 'AGENDA', personId),
    sk: `NOSHOW#${bookingId}#${place}`,
  }),
  appeal: (tenantId: string, centerId: string, bookingId: string): Key => ({
    pk: partition(tenantId, 'NOSHOWS', centerId),
    sk: `APPEAL#${bookingId}`,
  }),
  appeals: (tenantId: string, centerId: string): string => partition(tenantId, 'NOSHOWS', centerId),
  rule: (tenantId: string, name: 'standing'): Key => ({ pk: partition(tenantId, 'RULES'), sk: `RULE#${name}` }),
  counter: (tenantId: string, of: string, id: string): Key => ({ pk: partition(tenantId, 'COUNTER', of), sk: id }),
  counters: (tenantId: string, of: string): string => partition(tenantId, 'COUNTER', of),
  /** A movement of money for an order, or for a booking that has none. */
  amount: (tenantId: string, of: string, id: string): Key => ({ pk: partition(tenantId, 'AMOUNT', of), sk: id }),
  amounts: (tenantId: string, of: string): string => partition(tenantId, 'AMOUNT', of),
  cityRules: (tenantId: string): Key => ({ pk: partition(tenantId, 'RULES'), sk: 'CITY' }),
  passKinds: (tenantId: string): Key => ({ pk: partition(tenantId, 'RULES'), sk: 'PASSES' }),
  /** That a person has attended an offering. */
  attended: (tenantId: string, personId: string, offeringId: string): Key => ({
    pk: partition(tenantId, 'AGENDA', personId),
    sk: `DONE#${offeringId}`,
  }),
  /** A hold that waits for the approval of a center, listed by when its time is over. */
  approval: (tenantId: string, centerId: string, dueAtEpochSeconds: number, orderId: string): Key => ({
    pk: partition(tenantId, 'APPROVAL', centerId),
    sk: `${dueAtEpochSeconds}#${orderId}`,
  }),
  approvals: (tenantId: string, centerId: string): string => partition(tenantId, 'APPROVAL', centerId),
  /** Padded, so that decisions sort as they were made. */
  decision: (tenantId: string, sessionId: string, number: number): Key => ({
    pk: partition(tenantId, 'DECISION', sessionId),
    sk: String(number).padStart(8, '0'),
  }),
  decisions: (tenantId: string, sessionId: string): string => partition(tenantId, 'DECISION', sessionId),
  order: (tenantId: string, orderId: string): Key => ({ pk: partition(tenantId, 'ORDER', orderId), sk: 'ORDER' }),

  rounds: (tenantId: string): string => partition(tenantId, 'ROUNDS'),
  round: (tenantId: string, roundId: string): Key => ({
    pk: partition(tenantId, 'ROUNDS'),
    sk: `ROUND#${roundId}`,
  }),
  roundSessions: (tenantId: string, roundId: string): Key => ({
    pk: partition(tenantId, 'ROUND', roundId),
    sk: 'SESSIONS',
  }),
  /** A page of the list that will be drawn, by shard of the applications. */
  roundList: (tenantId: string, roundId: string, shard: number, page: number): Key => ({
    pk: partition(tenantId, 'ROUND', roundId),
    sk: `LIST#${String(shard).padStart(2, '0')}#${String(page).padStart(4, '0')}`,
  }),
  /** A page of the result, in the order of the codes, under the first of them. */
  roundDrawn: (tenantId: string, roundId: string, firstCode: string): Key => ({
    pk: partition(tenantId, 'ROUND', roundId),
    sk: `DRAWN#${firstCode}`,
  }),
  roundPartition: (tenantId: string, roundId: string): string => partition(tenantId, 'ROUND', roundId),
  application: (tenantId: string, roundId: string, applicationId: string): Key => ({
    pk: partition(tenantId, 'APPLICATIONS', roundId, String(applicationShardOf(applicationId))),
    sk: `APPLICATION#${applicationId}`,
  }),
  /** That a child is in an application of the round: nobody is in two. */
  applicant: (tenantId: string, roundId: string, personId: string): Key => ({
    pk: partition(tenantId, 'APPLICATIONS', roundId, String(applicationShardOf(personId))),
    sk: `CHILD#${personId}`,
  }),
  applications: (tenantId: string, roundId: string, shard: number): string =>
    partition(tenantId, 'APPLICATIONS', roundId, String(shard)),

  closures: (tenantId: string, centerId: string): string => partition(tenantId, 'CLOSURES', centerId),
  closure: (tenantId: string, centerId: string, closureId: string): Key => ({
    pk: partition(tenantId, 'CLOSURES', centerId),
    sk: `CLOSURE#${closureId}`,
  }),
  /** Which closure ends a booking, or a wait: of two that both shut its place, one. */
  closureOf: (tenantId: string, centerId: string, bookingId: string): Key => ({
    pk: partition(tenantId, 'CLOSURES', centerId),
    sk: `ENDS#${bookingId}`,
  }),
  closureRows: (tenantId: string, closureId: string): string => partition(tenantId, 'CLOSURE', closureId),
  closureCase: (tenantId: string, closureId: string, bookingId: string): Key => ({
    pk: partition(tenantId, 'CLOSURE', closureId),
    sk: `CASE#${bookingId}`,
  }),
  /** A party in the line of a session that the closure shuts. */
  closureLine: (tenantId: string, closureId: string, waitId: string): Key => ({
    pk: partition(tenantId, 'CLOSURE', closureId),
    sk: `LINE#${waitId}`,
  }),

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

  doorKey: (tenantId: string, roomId: string, keyId: string): Key => ({
    pk: partition(tenantId, 'DOOR', centerOf(roomId)),
    sk: `KEY#${roomId}#${keyId}`,
  }),
  doors: (tenantId: string, centerId: string): string => partition(tenantId, 'DOOR', centerId),
  /** How many wrong codes a door was given in a window of time. */
  doorTries: (tenantId: string, roomId: string, window: string): Key => ({
    pk: partition(tenantId, 'DOOR', centerOf(roomId)),
    sk: `TRIES#${roomId}#${window}`,
  }),
  doorEntry: (tenantId: string, roomId: string, atIso: string, bookingId: string): Key => ({
    pk: partition(tenantId, 'DOOR', centerOf(roomId)),
    sk: `ENTRY#${atIso}#${roomId}#${bookingId}`,
  }),

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

  series: (tenantId: string, seriesId: string): Key => ({
    pk: partition(tenantId, 'SERIES', seriesId),
    sk: 'SERIES',
  }),
  /** An occurrence of a series, by the date that its rule gave. */
  occurrence: (tenantId: string, seriesId: string, recurrenceDate: string): Key => ({
    pk: partition(tenantId, 'SERIES', seriesId),
    sk: `OCCURRENCE#${recurrenceDate}`,
  }),
  seriesPartition: (tenantId: string, seriesId: string): string => partition(tenantId, 'SERIES', seriesId),
  /** A series under whom it is for. */
  seriesOf: (tenantId: string, personId: string, seriesId: string): Key => ({
    pk: partition(tenantId, 'AGENDA', personId),
    sk: `SERIES#${seriesId}`,
  }),
  /** An occurrence that is booked after all when a closure of its center on its date is lifted. */
  healing: (tenantId: string, centerId: string, date: string, seriesId: string, recurrenceDate: string): Key => ({
    pk: partition(tenantId, 'SERIES', 'HEALING', centerId),
    sk: `${date}#${seriesId}#${recurrenceDate}`,
  }),
  healings: (tenantId: string, centerId: string): string => partition(tenantId, 'SERIES', 'HEALING', centerId),

  /** Index key of things due; `shard` spreads one tenant's load over a few partitions. */
  due: (tenantId: string, shard: number): string => partition(tenantId, 'DUE', String(shard)),
  /** The same for closures, of which a city has few at a time. */
  dueClosures: (tenantId: string): string => partition(tenantId, 'DUE', 'closures'),
  /** The same for series that are not finished: days that come into reach, and what a client left off. */
  dueSeries: (tenantId: string): string => partition(tenantId, 'DUE', 'series'),
  /** The same for rounds, of which a city has few at a time. */
  dueRounds: (tenantId: string): string => partition(tenantId, 'DUE', 'rounds'),
} as const;

/** Ten thousand families apply on the last evening: their applications lie in so many partitions. */
export const APPLICATION_SHARDS = 16;

/** By the last character of a random id, a digit or letter. */
const applicationShardOf = (id: string): number => Number.parseInt(id.slice(-1), 36) % APPLICATION_SHARDS;

/** The center that a room, an offering or a session belongs to is the first part of its id. */
export function centerOf(id: string): string {
  return id.slice(0, id.indexOf('.'));
}

export type SessionIdParts = {
  centerId: string;
  providerId: string;
  offeringId: string;
  date: string;
  startsAt: string;
};

/** `<center>.<provider>.<slug>.<yyyymmdd>t<hhmm>`: a session's id says where, whose, when. */
export function partsOfSessionId(sessionId: string): SessionIdParts {
  const [centerId = '', providerId = '', slug = '', stamp = ''] = sessionId.split('.');
  return {
    centerId,
    providerId,
    offeringId: `${centerId}.${providerId}.${slug}`,
    date: `${stamp.slice(0, 4)}-${stamp.slice(4, 6)}-${stamp.slice(6, 8)}`,
    startsAt: `${stamp.slice(9, 11)}:${stamp.slice(11, 13)}`,
  };
}

/** The id of the session of `offeringId` that starts at `startsAt` on `date`. */
export function sessionIdFor(offeringId: string, date: string, startsAt: string): string {
  return `${offeringId}.${date.replaceAll('-', '')}t${startsAt.replace(':', '')}`;
}
