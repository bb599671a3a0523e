import type { TenantId } from '../../contracts/id.ts';

declare const ofClaim: unique symbol;

/** The primary key of an item: `pk` starts with the tenant, then names a namespace. */
export type Key = { readonly pk: string; readonly sk: string; readonly [ofClaim]?: never };

/** The key of a session, or of the day of a resource or a person: anybody may read it, only `shared/booking/claim` writes it. */
export type ClaimKey = { readonly pk: string; readonly sk: string; readonly [ofClaim]: true };

export type ReadableKey = Key | ClaimKey;

/**
 * The namespaces of partition keys: `<tenant>#<NAMESPACE>` or `<tenant>#<NAMESPACE>#<id>…`. A function's grant lists namespaces
 * (as `dynamodb:LeadingKeys` patterns), so this list is also the list of what can be granted.
 */
export const namespaces = [
  'PERSON', // profile, access record, service account, grants, court limits, invitations sent, log of reads
  'PHONE', // phone → person, invitations to it
  'CARD', // identity card → person
  'SIGNIN', // one-time codes and their limits
  'TOKENS', // refresh families of a person
  'HOUSEHOLD', // a household, its members, and the households merged into it
  'POSTS', // posts by scope: who holds what at a center, an operator, a bureau, which programs have it
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
  'AUDIT', // what the audit of a center saw last: by date, each session and sheet
  'WAITLIST', // who waits for one session, block by block
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

/** `<tenant>#<NAMESPACE>#<id>…`. */
export const partition = (tenantId: TenantId, namespace: Namespace, ...rest: string[]): string =>
  [tenantId, namespace, ...rest].join('#');
