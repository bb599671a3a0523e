import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2, Context } from 'aws-lambda';
import { expect } from 'vitest';
import { routeKeyOf } from '../../shared/contracts/endpoint.ts';
import type { Route } from '../../shared/http/route.ts';
import { tenants } from './tenants.ts';

export { tenants };

type Handler = (event: APIGatewayProxyEventV2, context: Context) => Promise<APIGatewayProxyStructuredResultV2>;
/** What a module's `handler.ts` exports. */
export type Module = { readonly routes: readonly Route[]; readonly handler: Handler };

export type Call = {
  /** Sent as it is; anything but a text is sent as JSON. */
  readonly body?: unknown;
  /** Whoever has a token: what `signedIn` of `people.ts` gives. */
  readonly as?: { readonly token: string } | undefined;
  readonly headers?: Readonly<Record<string, string>>;
  readonly idempotencyKey?: string;
  readonly ifMatch?: string;
  readonly sourceIp?: string;
  /** The city whose address is called; the first of the file unless told. */
  readonly tenantId?: string;
};

export type Answer = {
  readonly status: number;
  // biome-ignore lint/suspicious/noExplicitAny: a test reads into an answer freely; a wrong path fails its expectation
  readonly body: any;
  readonly text: string;
  readonly headers: Readonly<Record<string, string>>;
};

/** The route whose template fits `path`, and what its braces hold; literal parts win over braces, as in API Gateway. */
function matched(modules: readonly Module[], method: string, path: string) {
  const parts = path.split('/');
  const fitting = modules.flatMap(({ routes, handler }) =>
    routes.flatMap(({ endpoint }) => {
      const names = endpoint.path.split('/');
      if (endpoint.method !== method || names.length !== parts.length) return [];
      const values: Record<string, string> = {};
      for (const [index, name] of names.entries()) {
        const part = parts[index] ?? '';
        const brace = /^\{(\w+)\}$/.exec(name)?.[1];
        if (brace) values[brace] = decodeURIComponent(part);
        else if (name !== part) return [];
      }
      return [{ endpoint, handler, values }];
    }),
  );
  return fitting.sort((a, b) => Object.keys(a.values).length - Object.keys(b.values).length)[0];
}

/** An event as API Gateway (HTTP API, payload format 2.0) sends it. */
function eventFor(routeKey: string, method: string, url: URL, values: Record<string, string>, call: Call) {
  const body = call.body === undefined || typeof call.body === 'string' ? call.body : JSON.stringify(call.body);
  const query = Object.fromEntries(url.searchParams);
  const domainName = `${call.tenantId ?? tenants()[0]}.localhost`;
  const headers: Record<string, string> = {
    host: domainName,
    ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    ...(call.as ? { authorization: `Bearer ${call.as.token}` } : {}),
    ...(call.idempotencyKey ? { 'idempotency-key': call.idempotencyKey } : {}),
    ...(call.ifMatch ? { 'if-match': call.ifMatch } : {}),
    ...call.headers,
  };
  const event: APIGatewayProxyEventV2 = {
    version: '2.0',
    routeKey,
    rawPath: url.pathname,
    rawQueryString: url.search.slice(1),
    headers,
    isBase64Encoded: false,
    ...(url.search ? { queryStringParameters: query } : {}),
    ...(Object.keys(values).length > 0 ? { pathParameters: values } : {}),
    ...(body === undefined ? {} : { body }),
    requestContext: {
      accountId: '000000000000',
      apiId: 'test',
      domainName,
      domainPrefix: domainName.split('.')[0] ?? '',
      http: {
        method,
        path: url.pathname,
        protocol: 'HTTP/1.1',
        sourceIp: call.sourceIp ?? '203.0.113.7',
        userAgent: 'test',
      },
      requestId: 'test',
      routeKey,
      stage: '$default',
      time: new Date().toUTCString(),
      timeEpoch: Date.now(),
    },
  };
  return event;
}

/** The context of an invocation; nothing of ours reads it beyond its id. */
const context = { awsRequestId: 'test', functionName: 'test', getRemainingTimeInMillis: () => 10_000 } as Context;

/**
 * A city of these modules, called as over HTTP: `const city = cityOf(identity, people); await city.post('/v1/sign-in', { body })`.
 * An answer of 500 fails the test at once: nothing may go wrong unexpectedly.
 */
export function cityOf(...modules: readonly Module[]) {
  const call =
    (method: string) =>
    async (pathAndQuery: string, options: Call = {}): Promise<Answer> => {
      const url = new URL(pathAndQuery, 'http://localhost');
      const match = matched(modules, method, url.pathname);
      if (!match) throw new Error(`no module of this test takes ${method} ${url.pathname}`);
      const event = eventFor(routeKeyOf(match.endpoint), method, url, match.values, options);
      const result = await match.handler(event, context);
      const headers = Object.fromEntries(
        Object.entries(result.headers ?? {}).map(([name, value]) => [name.toLowerCase(), String(value)]),
      );
      const text = result.body ?? '';
      expect(result.statusCode, text).not.toBe(500);
      const isJson = /json/.test(headers['content-type'] ?? '') && text !== '';
      return { status: result.statusCode ?? 200, text, headers, body: isJson ? JSON.parse(text) : undefined };
    };
  return { get: call('GET'), post: call('POST'), put: call('PUT'), patch: call('PATCH'), delete: call('DELETE') };
}

/** Moves the clock of the functions to `instant`; time runs on from there. */
export function setClock(instant: Date | string): void {
  process.env['LINLI_CLOCK'] = `${new Date(instant).toISOString()}@${Date.now()}`;
}

/** Moves the clock on by so many seconds. */
export function wait(seconds: number): void {
  const [instant, setAt] = (process.env['LINLI_CLOCK'] ?? '').split('@');
  const now = instant ? Date.parse(instant) + (Date.now() - Number(setAt)) : Date.now();
  setClock(new Date(now + seconds * 1_000));
}
