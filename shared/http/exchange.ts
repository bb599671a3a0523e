import type { MiddlewareObj } from '@middy/core';
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import type { ProblemCode } from '../kernel/problem-catalog.ts';
import type { RequestContext } from './context.ts';
import type { Route } from './route.ts';

/** One request and its answer: what the middlewares have found out so far, in the order in which they do. */
export type Exchange = {
  readonly startedAtMilliseconds: number;
  readonly traceId: string;
  route?: Route;
  path?: unknown;
  context?: RequestContext;
  query?: unknown;
  body?: unknown;
  /** Of the refusal, when it is refused. */
  code?: ProblemCode;
};

/** An event as API Gateway (HTTP API, payload format 2.0) sends it, with the exchange that it begins. */
export type Event = APIGatewayProxyEventV2 & { readonly exchange?: Exchange };
export type Result = APIGatewayProxyStructuredResultV2;
export type Middleware = MiddlewareObj<Event, Result>;

/** The exchange of an event; the first middleware has begun it. */
export function exchangeOf({ exchange }: Event): Exchange {
  if (!exchange) throw new Error('no exchange was begun');
  return exchange;
}

/** What an earlier middleware has found out; that it is missing is a mistake of ours. */
export function found<Name extends keyof Exchange>(exchange: Exchange, name: Name): NonNullable<Exchange[Name]> {
  const value = exchange[name];
  if (value === undefined || value === null)
    throw new Error(`the middlewares stand in the wrong order: no ${name} yet`);
  return value;
}
