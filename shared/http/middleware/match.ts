import { routeKeyOf } from '../../contracts/endpoint.ts';
import type { Refusal } from '../../kernel/refusal.ts';
import { type Event, exchangeOf, type Middleware } from '../exchange.ts';
import type { Route } from '../route.ts';

/** Finds the route that API Gateway has matched, that of `GET` for `HEAD`; `unknown` says no where none is. */
export function matchRoute(routes: readonly Route[], unknown: (event: Event) => Refusal): Middleware {
  const byKey = new Map(routes.map((route) => [routeKeyOf(route.endpoint), route]));
  return {
    before: ({ event }) => {
      const route = byKey.get(event.routeKey.replace(/^HEAD /, 'GET '));
      if (!route) throw unknown(event);
      exchangeOf(event).route = route;
    },
  };
}
