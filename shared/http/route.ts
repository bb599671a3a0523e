import type * as z from 'zod';
import type { Endpoint } from '../contracts/endpoint.ts';
import type { Answer, FileAnswer, JsonAnswer } from './answer.ts';
import type { RequestContext } from './context.ts';

type Parsed<S> = S extends z.ZodType ? z.output<S> : undefined;
type Part<E extends Endpoint, P extends 'pathParams' | 'query' | 'body'> =
  E extends Record<P, infer S> ? Parsed<S> : undefined;

/** What an endpoint's function is given: every part parsed by its contract, `undefined` where the endpoint declares none. */
export type Input<E extends Endpoint> = {
  readonly path: Part<E, 'pathParams'>;
  readonly query: Part<E, 'query'>;
  readonly body: Part<E, 'body'>;
};

/** What a schema takes, and nothing that the giver must not keep. */
type Given<T> = T extends object ? { readonly [K in keyof T]: Given<T[K]> } : T;

/** What an endpoint's function may answer: a status that the contract names, with a body that its schema takes. */
export type Output<E extends Endpoint> = E extends { readonly answerType: string }
  ? FileAnswer
  : { [S in keyof E['answers'] & number]: JsonAnswer<S, Given<z.input<E['answers'][S]>>> }[keyof E['answers'] & number];

/** An endpoint and the function that serves it. */
export type Route = {
  /** What the contract calls the endpoint. */
  readonly name: string;
  readonly endpoint: Endpoint;
  readonly run: (context: RequestContext, input: { path: never; query: never; body: never }) => Promise<Answer>;
};

type Functions<Api extends Readonly<Record<string, Endpoint>>> = {
  readonly [Name in keyof Api]: (context: RequestContext, input: Input<Api[Name]>) => Promise<Output<Api[Name]>>;
};

/**
 * Pairs each endpoint of a module's contract with the function of its name. An endpoint without a function, a function without an
 * endpoint, and an answer that the contract does not know do not compile.
 */
export function pair<Api extends Readonly<Record<string, Endpoint>>>(api: Api, functions: Functions<Api>): Route[] {
  return Object.entries(api).map(([name, endpoint]) => ({ name, endpoint, run: functions[name] as Route['run'] }));
}
