import type { Namespace } from '../table/keys.ts';

/** The stack that a module is deployed in. `api` holds the HTTP API itself; a new area is a new stack on the same API. */
export const areas = ['api', 'people', 'booking', 'planning', 'city'] as const;
export type Area = (typeof areas)[number];

/** What a function may do with the city's keys. `verify` reads the public half of the token key, `sign` uses the private one. */
export type KeyUse = 'verify' | 'sign' | 'encrypt' | 'decrypt' | 'derive';

/** What wakes a function: requests of its module's routes, the table's stream, the messages queue, or the clock. */
export type Trigger =
  | { readonly on: 'http' }
  | {
      readonly on: 'stream';
      readonly filters: readonly object[];
      readonly batchSize: number;
      /** How long a batch that is not full is waited for, in whole seconds. */
      readonly windowSeconds: number;
    }
  | { readonly on: 'queue'; readonly batchSize: number }
  | { readonly on: 'schedule'; readonly everyMinutes: number };

/** What a function may reach. It gets nothing else, on a developer's machine neither. */
export type Rights = {
  /** Namespaces it may only read. `DUE` is the index. */
  readonly reads: readonly Namespace[];
  /** Namespaces it may read and write. */
  readonly writes: readonly Namespace[];
  readonly keys?: readonly KeyUse[];
  /** May put messages on the queue that leaves the system. */
  readonly sendsMessages?: true;
  /** May read the credentials of the SMS gateway. */
  readonly readsSmsSecret?: true;
};

/** One Lambda function of a module. The file it runs is `functions/<module>/<entry>.ts`. */
export type FunctionPlan = Rights & {
  readonly entry: 'handler' | 'queue' | 'schedule';
  readonly trigger: Trigger;
  readonly memoryMb: number;
  readonly timeoutSeconds: number;
};

/** What `functions/<module>/plan.ts` exports as `plan`; infra reads it, no function ever does. */
export type ModulePlan = {
  readonly area: Area;
  readonly functions: readonly FunctionPlan[];
  /** What the stream function needs for the followers in the module's `follow.ts`. */
  readonly follows?: Rights;
};

/** A module's API. 1,024 MB is where a cold start stops getting faster for a bundle of this size; the answer must come in 10 s. */
export const httpFunction = ({
  keys = [],
  memoryMb = 1_024,
  ...rights
}: Rights & { readonly memoryMb?: number }): FunctionPlan => ({
  entry: 'handler',
  trigger: { on: 'http' },
  memoryMb,
  timeoutSeconds: 10,
  keys: ['verify', 'derive', ...keys],
  ...rights,
});
