import type * as z from 'zod';
import type { api as contracts } from '../../../shared/contracts/api.ts';
import type { TokenAnswer } from '../../../shared/contracts/identity.ts';
import { currentLanguage } from './preferences.ts';
import { ConnectionError, problemOf } from './problem.ts';
import { accessToken } from './tokens.ts';

/** Longer than the API's own longest answer. */
const TIMEOUT_MS = 20_000;

type Contracts = typeof contracts;
type Declared = { [Area in keyof Contracts]: Contracts[Area][keyof Contracts[Area]] }[keyof Contracts];
/** Every endpoint by its method and path. Types only: the contracts and their parser stay out of the page. */
type Routes = { [E in Declared as `${E['method']} ${E['path']}`]: E };
type Route = keyof Routes;
type FileRoute = { [R in Route]: Routes[R] extends { answerType: string } ? R : never }[Route];
type JsonRoute = Exclude<Route, FileRoute>;

type Empty = Record<never, never>;
/** A field that may be left out may also be `undefined`: it is not sent then. Numbers are sent as text. */
type QueryOf<Input, Output> = {
  [Name in keyof Input]: Output[Name & keyof Output] | (Empty extends Pick<Input, Name> ? undefined : never);
};
type QueryPart<Query> = Empty extends Query ? { readonly query?: Query } : { readonly query: Query };
type RequestTo<E> = {
  readonly signal?: AbortSignal;
} & (E extends { pathParams: infer P extends z.ZodType } ? { readonly path: z.output<P> } : unknown) &
  (E extends { query: infer Q extends z.ZodType } ? QueryPart<QueryOf<z.input<Q>, z.output<Q>>> : unknown) &
  (E extends { body: infer B extends z.ZodType }
    ? E extends { bodyOptional: true }
      ? { readonly body?: z.input<B> }
      : { readonly body: z.input<B> }
    : unknown) &
  // Names the intent: the same key is the same create, however often it is sent.
  (E extends { idempotencyKey: 'required' } ? { readonly key: string } : unknown) &
  (E extends { idempotencyKey: 'optional' } ? { readonly key?: string } : unknown) &
  // The version one has read, for changes.
  (E extends { version: 'required' } ? { readonly ifMatch: string } : unknown);

/** What a route takes: its path parameters, query and body as its contract has them. */
export type RequestOf<R extends Route> = RequestTo<Routes[R]>;
/** What a route takes as its body. */
export type BodyOf<R extends Route> = Routes[R] extends { body: infer B extends z.ZodType } ? z.input<B> : never;
/** What a route answers when it does not refuse; `undefined` for 204. */
export type AnswerOf<R extends Route> = z.output<Routes[R]['answers'][keyof Routes[R]['answers']] & z.ZodType>;
type Arguments<R extends Route> = Empty extends RequestOf<R> ? [request?: RequestOf<R>] : [request: RequestOf<R>];

/** A request to any route, as it is sent. */
type Outgoing = {
  readonly path?: Readonly<Record<string, string | number>>;
  readonly query?: Readonly<Record<string, string | number | undefined>>;
  readonly body?: unknown;
  readonly key?: string;
  readonly ifMatch?: string;
  readonly signal?: AbortSignal;
};

function addressOf(template: string, { path = {}, query = {} }: Outgoing): string {
  const address = template.replace(/{(\w+)}/g, (_, name: string) => encodeURIComponent(path[name] ?? ''));
  const parameters = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) if (value !== undefined) parameters.set(name, String(value));
  const text = parameters.toString();
  return text ? `${address}?${text}` : address;
}

async function send(route: string, request: Outgoing, token: string | undefined): Promise<Response> {
  const [method = '', template = ''] = route.split(' ');
  const { body, key, ifMatch, signal } = request;
  const headers: Record<string, string> = { 'accept-language': currentLanguage() };
  if (token) headers['authorization'] = `Bearer ${token}`;
  if (key) headers['idempotency-key'] = key;
  if (ifMatch) headers['if-match'] = ifMatch;
  if (body !== undefined) headers['content-type'] = 'application/json';
  const timeout = AbortSignal.timeout(TIMEOUT_MS);
  try {
    return await fetch(addressOf(template, request), {
      method,
      headers,
      body: body === undefined ? null : JSON.stringify(body),
      signal: signal ? AbortSignal.any([signal, timeout]) : timeout,
    });
  } catch (error) {
    if (signal?.aborted) throw error;
    throw new ConnectionError('no answer', { cause: error });
  }
}

const REFRESH = 'POST /v1/sign-in/refresh' satisfies Route;

/** `undefined` when the server refuses the refresh token: the sign-in is over. A lost connection throws and keeps it. */
async function renew(refreshToken: string): Promise<TokenAnswer | undefined> {
  const response = await send(REFRESH, { body: { refreshToken } } satisfies RequestOf<typeof REFRESH>, undefined);
  if (response.status === 401 || response.status === 422) return undefined;
  if (!response.ok) throw await problemOf(response);
  return response.json();
}

async function answered(route: string, request: Outgoing): Promise<Response> {
  const token = await accessToken(renew);
  let response = await send(route, request, token);
  if (response.status === 401 && token) {
    const fresh = await accessToken(renew, token);
    if (fresh) response = await send(route, request, fresh);
  }
  if (!response.ok) throw await problemOf(response);
  return response;
}

/**
 * The one way to the API: `callApi('GET /v1/centers/{centerId}', { path: { centerId }, signal })`. The contracts say which routes there
 * are, what each takes and what it answers; the server parses every answer by the same contract on its way out. Every refusal is a
 * `ProblemError`, a lost connection a `ConnectionError`.
 */
export async function callApi<R extends JsonRoute>(route: R, ...request: Arguments<R>): Promise<AnswerOf<R>>;
export async function callApi(route: string, request: Outgoing = {}): Promise<unknown> {
  const response = await answered(route, request);
  return response.status === 204 ? undefined : response.json();
}

/** The same for a route that answers with a file. */
export async function fetchFile<R extends FileRoute>(route: R, ...request: Arguments<R>): Promise<Blob>;
export async function fetchFile(route: string, request: Outgoing = {}): Promise<Blob> {
  return (await answered(route, request)).blob();
}
