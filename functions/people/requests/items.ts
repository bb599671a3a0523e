import * as z from 'zod';
import type { RequestContext } from '../../../shared/http/context.ts';
import { derivedId, randomId } from '../../../shared/kernel/ids.ts';

/** The fingerprint of the request that created an item, to tell a replay from another body under the same key. */
export const requestHash = z.string().optional();

/** What a create gives back: what there is now, and whether an earlier try of the same request had made it. */
export type Created<T> = T & { readonly replayed: boolean };

/** The id of what this request creates: the same for every try under one `Idempotency-Key`, and the actor's own. */
export function idFor(context: RequestContext, letter: string, operation: string): string {
  const { actor, idempotencyKey, tenantId } = context;
  if (!actor || idempotencyKey === undefined) return randomId(letter);
  return derivedId(letter, tenantId, operation, actor.personId, idempotencyKey);
}
