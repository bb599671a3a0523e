import type { Namespace } from '../../shared/table/keys.ts';

/** What a function may do with the city's keys. `verify` reads the public half of the token key, `sign` uses the private one. */
export type KeyUse = 'verify' | 'sign' | 'encrypt' | 'decrypt' | 'derive';

/** What wakes a function: requests of its module's routes, the table's stream, the messages queue, or the clock. */
export type Trigger =
  | { readonly on: 'http' }
  | { readonly on: 'stream'; readonly filters: readonly object[]; readonly batchSize: number }
  | { readonly on: 'queue'; readonly batchSize: number }
  | { readonly on: 'schedule'; readonly everyMinutes: number };

/** One Lambda function of a module. The file it runs is `functions/<module>/<entry>.ts`. */
export type FunctionPlan = {
  readonly module: string;
  readonly entry: 'handler' | 'stream' | 'queue' | 'schedule';
  readonly trigger: Trigger;
  readonly memoryMb: number;
  readonly timeoutSeconds: number;
  /** Namespaces it may only read. `DUE` is the index. */
  readonly reads: readonly Namespace[];
  /** Namespaces it may read and write. */
  readonly writes: readonly Namespace[];
  readonly keys: readonly KeyUse[];
  /** May put messages on the queue that leaves the system. */
  readonly sendsMessages?: true;
  /** May read the credentials of the SMS gateway. */
  readonly readsSmsSecret?: true;
};

type Rights = Pick<FunctionPlan, 'reads' | 'writes'> &
  Partial<Pick<FunctionPlan, 'keys' | 'sendsMessages' | 'memoryMb'>>;

/** A module's API. 1,024 MB is where a cold start stops getting faster for a bundle of this size; the answer must come in 10 s. */
const http = (module: string, { keys = [], memoryMb = 1_024, ...rights }: Rights): FunctionPlan => ({
  module,
  entry: 'handler',
  trigger: { on: 'http' },
  memoryMb,
  timeoutSeconds: 10,
  keys: ['verify', 'derive', ...keys],
  ...rights,
});

const changed = (events: readonly string[], kinds: readonly string[]): object => ({
  eventName: events,
  dynamodb: { NewImage: { is: { S: kinds } } },
});

/** What the stream's consumer follows. A session is made without seats, so only its changes say anything. */
const claimsAndBookings = [
  changed(['MODIFY'], ['session']),
  changed(['INSERT', 'MODIFY'], ['room-day', 'order', 'booking']),
];

/** What rooms, sessions and cancellations take together, for whoever books and moves in series. */
const seriesReads: readonly Namespace[] = ['CENTER', 'CENTERS', 'CALENDAR', 'OPERATOR', 'RULES'];
const seriesWrites: readonly Namespace[] = [
  'SERIES',
  'ROOMWEEK',
  'SESSIONWEEK',
  'AGENDA',
  'ORDER',
  'COUNTER',
  'NOSHOWS',
];

const closureReads: readonly Namespace[] = ['CENTER', 'CALENDAR', 'OPERATOR', 'ROUNDS', 'RULES'];
/** A closure that is lifted books again what series had lost. */
const closureWrites: readonly Namespace[] = ['CLOSURES', 'CLOSURE', 'CENTERS', ...seriesWrites];

/**
 * Every function of the city with exactly the rights it needs. A right that is missing here is refused on a developer's machine
 * too, because the local runtime checks each table call against the role in the template.
 */
export const functionPlans: readonly FunctionPlan[] = [
  http('platform', { reads: [], writes: [], memoryMb: 512 }),
  http('identity', {
    reads: [],
    writes: ['PERSON', 'PHONE', 'SIGNIN', 'TOKENS'],
    keys: ['sign', 'encrypt', 'decrypt'],
    sendsMessages: true,
  }),
  http('people', {
    reads: [],
    writes: ['PERSON', 'PHONE', 'CARD', 'HOUSEHOLD', 'POSTS'],
    keys: ['encrypt', 'decrypt'],
    sendsMessages: true,
  }),
  http('centers', { reads: ['CENTERS', 'CENTER', 'CALENDAR', 'OPERATOR', 'OPERATORS'], writes: [] }),
  http('rooms', {
    reads: ['PERSON', 'CENTER', 'CENTERS', 'CALENDAR', 'RULES'],
    writes: ['ROOMWEEK', 'AGENDA', 'ORDER', 'COUNTER'],
  }),
  http('sessions', {
    reads: ['PERSON', 'CENTER', 'CENTERS', 'OPERATOR', 'DECISION', 'RULES'],
    writes: ['SESSIONWEEK', 'AGENDA', 'ORDER', 'COUNTER'],
  }),
  // It writes into a person's log of reads that staff looked at a booking.
  http('bookings', {
    reads: ['CENTER', 'CENTERS', 'APPROVAL', 'RULES'],
    writes: ['AGENDA', 'ROOMWEEK', 'SESSIONWEEK', 'PERSON', 'ORDER', 'COUNTER', 'NOSHOWS'],
  }),
  http('desk', {
    reads: ['CENTER', 'CENTERS', 'OPERATOR', 'ROOMWEEK', 'WAIVERS', 'SIGNED', 'RULES'],
    writes: ['SESSIONWEEK', 'AGENDA', 'PERSON', 'ORDER', 'COUNTER', 'NOSHOWS'],
  }),
  // It writes into a person's log of reads what staff looked at and handed out.
  http('allowances', { reads: ['AGENDA'], writes: ['RULES', 'COUNTER', 'PERSON'] }),
  // The feed itself is asked for without a token of a person: whose it is, and what they may see, it looks up.
  http('calendars', {
    reads: ['PERSON', 'CENTER', 'CENTERS', 'ROOMWEEK', 'SESSIONWEEK', 'AGENDA'],
    writes: ['FEED'],
  }),
  // It writes into a person's log of reads that staff looked at a code.
  http('doors', { reads: ['CENTER', 'ROOMWEEK', 'SESSIONWEEK', 'AGENDA', 'ORDER'], writes: ['DOOR', 'PERSON'] }),
  http('waivers', { reads: ['PERSON', 'CENTERS', 'AGENDA'], writes: ['CENTER', 'WAIVERS', 'SIGNED'] }),
  // It writes who was shown whose name, into the log of the one and the day of the other.
  http('operators', { reads: ['OPERATOR', 'OPERATORS', 'SESSIONWEEK'], writes: ['PERSON'] }),
  // Sessions are written when a round takes them; the log of reads when staff see who claims a group.
  // Who may come is asked by all that a booking is asked by: what was attended, no-shows, allowances.
  http('rounds', {
    reads: ['OPERATOR', 'CENTER', 'CENTERS', 'RULES', 'AGENDA', 'COUNTER'],
    writes: ['ROUNDS', 'ROUND', 'APPLICATIONS', 'SESSIONWEEK', 'PERSON'],
    keys: ['encrypt'],
  }),
  // One action: what is shut, every affected booking and the place kept instead, the day among the center's exceptions, the messages.
  http('closures', { reads: closureReads, writes: [...closureWrites, 'PERSON'], sendsMessages: true }),
  // Series book rooms and sessions by the functions of those modules; it writes into a person's log of reads that staff looked at one.
  http('series', { reads: seriesReads, writes: [...seriesWrites, 'PERSON'] }),
  {
    module: 'bookings',
    entry: 'stream',
    trigger: { on: 'stream', batchSize: 50, filters: claimsAndBookings },
    memoryMb: 512,
    timeoutSeconds: 30,
    reads: ['PERSON', 'CENTER', 'CENTERS', 'RULES'],
    writes: ['AGENDA', 'ROOMWEEK', 'SESSIONWEEK', 'ORDER', 'COUNTER', 'DECISION', 'APPROVAL', 'AMOUNT'],
    keys: [],
    sendsMessages: true,
  },
  {
    module: 'bookings',
    entry: 'schedule',
    trigger: { on: 'schedule', everyMinutes: 1 },
    memoryMb: 512,
    timeoutSeconds: 50,
    reads: ['PERSON', 'CENTER', 'CENTERS', 'DUE', 'RULES'],
    writes: ['AGENDA', 'ROOMWEEK', 'SESSIONWEEK', 'ORDER', 'COUNTER'],
    keys: [],
  },
  {
    module: 'series',
    entry: 'schedule',
    trigger: { on: 'schedule', everyMinutes: 1 },
    memoryMb: 1_024,
    timeoutSeconds: 55,
    reads: [...seriesReads, 'PERSON', 'DUE'],
    writes: seriesWrites,
    keys: [],
  },
  {
    module: 'rounds',
    entry: 'schedule',
    trigger: { on: 'schedule', everyMinutes: 1 },
    memoryMb: 1_024,
    timeoutSeconds: 55,
    reads: ['PERSON', 'OPERATOR', 'CENTER', 'CENTERS', 'RULES', 'DUE'],
    writes: ['ROUNDS', 'ROUND', 'APPLICATIONS', 'SESSIONWEEK', 'AGENDA', 'ORDER', 'COUNTER'],
    keys: ['decrypt'],
    sendsMessages: true,
  },
  {
    module: 'closures',
    entry: 'schedule',
    trigger: { on: 'schedule', everyMinutes: 1 },
    memoryMb: 512,
    timeoutSeconds: 55,
    reads: [...closureReads, 'PERSON', 'DUE'],
    writes: closureWrites,
    keys: [],
    sendsMessages: true,
  },
  {
    module: 'messages',
    entry: 'queue',
    trigger: { on: 'queue', batchSize: 10 },
    memoryMb: 512,
    timeoutSeconds: 30,
    reads: ['PERSON'],
    writes: ['SENT'],
    keys: ['decrypt'],
    readsSmsSecret: true,
  },
];
