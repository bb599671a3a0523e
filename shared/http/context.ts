import type { PersonId } from '../contracts/common.ts';
import type { TenantId } from '../contracts/id.ts';
/** Who sends a request, as the verified token says. It says who, never what they may do. */
export type Actor = {
  readonly tenantId: TenantId;
  readonly personId: PersonId;
  /** The sign-in (device) that the token came from. */
  readonly signInId: string;
  readonly issuedAtEpochSeconds: number;
};

/**
 * System work that carries out what a person asked for, at another time. It may do what that person may do at that moment; it holds no
 * token, so no sign-out ends it.
 */
export type SystemActor = {
  readonly tenantId: TenantId;
  readonly personId: PersonId;
  readonly work: 'series' | 'sample';
};

/** What every route's function is given beside its parsed input. */
export type RequestContext = {
  readonly tenantId: TenantId;
  /** Present where an endpoint asks to be signed in; may be present where it is public. */
  readonly actor: Actor | undefined;
  /** What was sent as `Authorization: Bearer`, where an endpoint asks for a key of its own; nobody has checked it yet. */
  readonly ownKey?: string;
  readonly now: Date;
  readonly traceId: string;
  /** As sent; bound to the actor wherever an id is made from it. */
  readonly idempotencyKey: string | undefined;
  /** The version the caller read, from `If-Match`. */
  readonly ifMatch: string | undefined;
  readonly sourceIp: string;
  readonly language: 'zh' | 'en';
};

/** What a command takes of a request where system work gives the same command: who acts, when, and under which key. */
export type CommandContext = Pick<RequestContext, 'tenantId' | 'now' | 'idempotencyKey'> & {
  readonly actor: Actor | SystemActor | undefined;
};
