import type * as z from 'zod';
import type { Answer } from './answer.ts';
import type { RequestContext } from './context.ts';

/**
 * Who may knock at all. What one may do behind the door is decided by `shared/access` for each request. `own-key`: a thing, not a
 * person (a lock), whose key in `Authorization: Bearer` the module itself knows.
 */
export type Door = 'anyone' | 'signed-in' | 'own-key';

type Input<S> = S extends z.ZodType ? z.output<S> : undefined;

/** What a route's function is given: every part parsed by its contract, `undefined` where the route declares none. */
export type RouteInput<P, Q, B> = { path: Input<P>; query: Input<Q>; body: Input<B> };

/**
 * One line of a module's route table. The pipeline, the CDK app and the OpenAPI document are all made from it,
 * so a route cannot exist in one and not in another.
 */
export type Route = {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** With API Gateway's braces: `/v1/centers/{centerId}`. */
  readonly path: string;
  readonly door: Door;
  /** One English sentence for the OpenAPI document. */
  readonly summary: string;
  /** Strict schemas: an unknown field is refused. */
  readonly pathSchema?: z.ZodType;
  readonly querySchema?: z.ZodType;
  readonly bodySchema?: z.ZodType;
  /** The body may be left out, which says the same as `{}`. */
  readonly bodyOptional?: true;
  /** Schema of the answer by status; an answer is parsed on the way out, so nothing unnamed leaves. */
  readonly answers: Readonly<Record<number, z.ZodType>>;
  /** Media type of the answer when it is not JSON, for the document. */
  readonly answerType?: string;
  /** Problem codes this route can give beyond those of the pipeline, for the document. */
  readonly problems?: readonly string[];
  /** `required`: refused without `Idempotency-Key`. */
  readonly idempotencyKey?: 'required';
  readonly run: (input: RouteInput<never, never, never>, context: RequestContext) => Promise<Answer>;
};

type RouteOf<P, Q, B> = Omit<Route, 'pathSchema' | 'querySchema' | 'bodySchema' | 'run'> & {
  readonly pathSchema?: P;
  readonly querySchema?: Q;
  readonly bodySchema?: B;
  readonly run: (input: RouteInput<P, Q, B>, context: RequestContext) => Promise<Answer>;
};

/** Declares a route; infers the function's input from the schemas. */
export function route<
  P extends z.ZodType | undefined = undefined,
  Q extends z.ZodType | undefined = undefined,
  B extends z.ZodType | undefined = undefined,
>(definition: RouteOf<P, Q, B>): Route {
  return definition as Route;
}

/** `GET /v1/centers/{centerId}`: the key API Gateway routes by and sends in each event. */
export const routeKeyOf = ({ method, path }: Pick<Route, 'method' | 'path'>): string => `${method} ${path}`;
