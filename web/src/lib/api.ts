import type { TokenAnswer } from '../../../shared/contracts/identity.ts';
import { currentLanguage } from './preferences.ts';
import { ConnectionError, problemOf } from './problem.ts';
import { accessToken } from './tokens.ts';

/** Longer than the API's own longest answer. */
const TIMEOUT_MS = 20_000;

type Query = Readonly<Record<string, string | number | undefined>>;
type Options = {
  readonly query?: Query;
  readonly body?: unknown;
  /** Names the intent: the same key is the same create, however often it is sent. */
  readonly key?: string;
  /** The version one has read, for changes. */
  readonly ifMatch?: string;
  readonly signal?: AbortSignal;
};

function addressOf(path: string, query: Query = {}): string {
  const parameters = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) if (value !== undefined) parameters.set(name, String(value));
  const text = parameters.toString();
  return text ? `${path}?${text}` : path;
}

async function send(method: string, path: string, options: Options, token: string | undefined): Promise<Response> {
  const headers: Record<string, string> = { 'accept-language': currentLanguage() };
  if (token) headers['authorization'] = `Bearer ${token}`;
  if (options.key) headers['idempotency-key'] = options.key;
  if (options.ifMatch) headers['if-match'] = options.ifMatch;
  if (options.body !== undefined) headers['content-type'] = 'application/json';
  const timeout = AbortSignal.timeout(TIMEOUT_MS);
  try {
    return await fetch(addressOf(path, options.query), {
      method,
      headers,
      body: options.body === undefined ? null : JSON.stringify(options.body),
      signal: options.signal ? AbortSignal.any([options.signal, timeout]) : timeout,
    });
  } catch (error) {
    if (options.signal?.aborted) throw error;
    throw new ConnectionError('no answer', { cause: error });
  }
}

/** `undefined` when the server refuses the refresh token: the sign-in is over. A lost connection throws and keeps it. */
async function renew(refreshToken: string): Promise<TokenAnswer | undefined> {
  const response = await send('POST', '/v1/sign-in/refresh', { body: { refreshToken } }, undefined);
  if (response.status === 401 || response.status === 422) return undefined;
  if (!response.ok) throw await problemOf(response);
  return (await response.json()) as TokenAnswer;
}

async function request(method: string, path: string, options: Options = {}): Promise<Response> {
  const token = await accessToken(renew);
  let response = await send(method, path, options, token);
  if (response.status === 401 && token) {
    const fresh = await accessToken(renew, token);
    if (fresh) response = await send(method, path, options, fresh);
  }
  if (!response.ok) throw await problemOf(response);
  return response;
}

/** Answers come from our own server, which parses each by its contract on the way out; so the type is taken at its word. */
async function json<T>(response: Response): Promise<T> {
  return (await response.json()) as T;
}

/** The one way to the API. Every refusal is a `ProblemError`, a lost connection a `ConnectionError`. */
export const api = {
  get: async <T>(path: string, query?: Query, signal?: AbortSignal): Promise<T> =>
    json<T>(await request('GET', path, { ...(query ? { query } : {}), ...(signal ? { signal } : {}) })),
  post: async <T>(path: string, body: unknown, key?: string): Promise<T> =>
    json<T>(await request('POST', path, { body, ...(key ? { key } : {}) })),
  /** For routes that answer 204. */
  postQuietly: async (path: string, body: unknown, key?: string): Promise<void> => {
    await request('POST', path, { body, ...(key ? { key } : {}) });
  },
  patch: async <T>(path: string, body: unknown, ifMatch?: string): Promise<T> =>
    json<T>(await request('PATCH', path, { body, ...(ifMatch ? { ifMatch } : {}) })),
  put: async <T>(path: string, body: unknown, ifMatch?: string): Promise<T> =>
    json<T>(await request('PUT', path, { body, ...(ifMatch ? { ifMatch } : {}) })),
  blob: async (path: string): Promise<Blob> => (await request('GET', path)).blob(),
};
