import type * as z from 'zod';
import type { ProblemCode } from '../kernel/problem-catalog.ts';

/**
 * Who may call at all; what one may do is then decided by `shared/access` for each request. `own-key`: a thing, not a person (a lock),
 * whose key in `Authorization: Bearer` the module itself knows.
 */
export type AuthLevel = 'public' | 'signed-in' | 'own-key';

/**
 * The contract of one operation of the API. The pipeline, the CDK app, the OpenAPI document and its examples are all made from it, so
 * an operation cannot exist in one and not in another.
 */
export type Endpoint = {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** With API Gateway's braces: `/v1/centers/{centerId}`. */
  readonly path: string;
  readonly auth: AuthLevel;
  /** One sentence, in English and in Chinese. */
  readonly summary: string;
  readonly summaryZh: string;
  /** What a summary has no room for, in English. */
  readonly description?: string;
  /** Strict schemas: an unknown field is refused. */
  readonly pathParams?: z.ZodType;
  readonly query?: z.ZodType;
  readonly body?: z.ZodType;
  /** The body may be left out, which says the same as `{}`. */
  readonly bodyOptional?: true;
  /** Schema of the answer by status; an answer is parsed on the way out, so nothing unnamed leaves. */
  readonly answers: Readonly<Record<number, z.ZodType>>;
  /** Media type of the answer when it is not JSON. */
  readonly answerType?: 'text/calendar';
  /** The answer is a file to keep: its name is in `Content-Disposition`. */
  readonly attachment?: true;
  /** What it can be refused for, beyond what the pipeline refuses: a missing token, a body that does not fit, and the like. */
  readonly problems?: readonly ProblemCode[];
  /** `Idempotency-Key` makes a repeated request the same request; `required`: refused without it. */
  readonly idempotencyKey?: 'optional' | 'required';
  /** The answer's `ETag` is the version of what it shows; `required`: a change sends it back in `If-Match`. */
  readonly version?: 'shown' | 'required';
};

/** Declares an operation; its exact types are kept, so that functions and callers are checked against them. */
export const endpoint = <const E extends Endpoint>(definition: E): E => definition;

/** `GET /v1/centers/{centerId}`: the key API Gateway routes by and sends in each event. */
export const routeKeyOf = ({ method, path }: Pick<Endpoint, 'method' | 'path'>): string => `${method} ${path}`;

/** Every key by which API Gateway routes to an operation: what can be read with `GET` answers `HEAD` too (RFC 9110, 9.3.2). */
export const routeKeysOf = ({ method, path }: Pick<Endpoint, 'method' | 'path'>): string[] =>
  method === 'GET' ? [`GET ${path}`, `HEAD ${path}`] : [`${method} ${path}`];
