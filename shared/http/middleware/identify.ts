import type { Endpoint } from '../../contracts/endpoint.ts';
import { clockNow } from '../../kernel/clock.ts';
import { Refusal, refuse } from '../../kernel/refusal.ts';
import { callerOf } from '../caller.ts';
import type { Actor, RequestContext } from '../context.ts';
import { type Event, exchangeOf, found, type Middleware } from '../exchange.ts';
import { tenantOfHost } from '../tenant.ts';
import { verifyActor } from '../token.ts';

const MAX_KEY_LENGTH = 128;

function bearerOf(event: Event): string | undefined {
  const header = event.headers['authorization'];
  if (header === undefined) return undefined;
  const token = /^Bearer ([\w.-]+)$/.exec(header)?.[1];
  if (!token) throw refuse('not-signed-in');
  return token;
}

function idempotencyKeyOf(event: Event, endpoint: Endpoint): string | undefined {
  const key = event.headers['idempotency-key'];
  if (key === undefined) {
    if (endpoint.idempotencyKey === 'required') throw refuse('idempotency-key-required');
    return undefined;
  }
  if (key.length > MAX_KEY_LENGTH || !/^[\x21-\x7e]+$/.test(key)) {
    throw new Refusal('invalid-input', {}, [
      { at: 'header.idempotency-key', rule: 'format', message: `1 to ${MAX_KEY_LENGTH} visible ASCII characters` },
    ]);
  }
  return key;
}

async function contextOf(event: Event, endpoint: Endpoint, traceId: string): Promise<RequestContext> {
  const now = clockNow();
  const bearer = bearerOf(event);
  if (endpoint.auth !== 'public' && !bearer) throw refuse('not-signed-in');
  const ownKey = endpoint.auth === 'own-key' ? bearer : undefined;
  const actor: Actor | undefined = bearer && !ownKey ? await verifyActor(bearer, now) : undefined;
  const caller = callerOf(event);
  const host = tenantOfHost(caller.host);
  // A token of one city opens nothing at the address of another.
  if (actor && host.named && host.tenantId !== actor.tenantId) throw refuse('not-signed-in');
  return {
    tenantId: actor?.tenantId ?? host.tenantId,
    actor,
    ...(ownKey ? { ownKey } : {}),
    now,
    traceId,
    idempotencyKey: idempotencyKeyOf(event, endpoint),
    ifMatch: event.headers['if-match'],
    sourceIp: caller.sourceIp,
    language: /^en\b/i.test(event.headers['accept-language'] ?? '') ? 'en' : 'zh',
  };
}

/** Says who asks, in which city and when: the verified token becomes the actor. */
export function identify(): Middleware {
  return {
    before: async ({ event }) => {
      const exchange = exchangeOf(event);
      exchange.context = await contextOf(event, found(exchange, 'route').endpoint, exchange.traceId);
    },
  };
}
