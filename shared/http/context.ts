/** Who sends a request, as the verified token says. It says who, never what they may do. */
export type Actor = {
  readonly tenantId: string;
  readonly personId: string;
  /** The sign-in (device) that the token came from. */
  readonly signInId: string;
  readonly issuedAtEpochSeconds: number;
};

/** What every route's function is given beside its parsed input. */
export type RequestContext = {
  readonly tenantId: string;
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
