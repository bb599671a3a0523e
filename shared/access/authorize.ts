import type { PersonId } from '../contracts/common.ts';
import type { TenantId } from '../contracts/id.ts';
import type { Actor, CommandContext, RequestContext, SystemActor } from '../http/context.ts';
import type { ProblemCode } from '../kernel/problem-catalog.ts';
import { refuse } from '../kernel/refusal.ts';
import type { RawItem } from '../table/conditions.ts';
import { keys, type ReadableKey } from '../table/keys.ts';
import { getMany, parsedItem } from '../table/read.ts';
import { type Ability, type Action, abilitiesOf, may, type SubjectName } from './abilities.ts';
import { type AccessRecord, accessRecord } from './access-record.ts';

declare const proof: unique symbol;

/**
 * Proof that the authorization step was taken: only {@link authorized}, {@link anyone} and {@link asSystem} make one, every store
 * function wants one, and the tenant of every key comes from it. A store call that forgot the check does not compile.
 */
export type Authorized = {
  readonly [proof]: true;
  readonly tenantId: TenantId;
  readonly now: Date;
};

/** The same for a person, signed in or served by system work: who acts, and what they may do, as looked up for this request. */
export type AuthorizedActor = Authorized & {
  readonly actor: Actor | SystemActor;
  readonly access: AccessRecord;
  readonly ability: Ability;
};

const proven = <T extends object>(value: T): T & Authorized => value as T & Authorized;

/** For what everybody may see; nothing of a person may be reached with it. */
export function anyone(context: RequestContext): Authorized {
  return proven({ tenantId: context.tenantId, now: context.now });
}

/** For streams, queues and schedules, which act for the city itself. */
export function asSystem(tenantId: TenantId, now: Date): Authorized {
  return proven({ tenantId, now });
}

/** What a person may do, for a batch of the caller's own. */
export const accessFactKey = (tenantId: TenantId, personId: PersonId): ReadableKey =>
  keys.people.access(tenantId, personId);

export const accessFactFrom = (item: RawItem | undefined): AccessRecord | undefined =>
  item && parsedItem(accessRecord, item);

/** A token ends with a sign-out everywhere, and that of a service account with its key. */
const isVoid = (token: Actor, access: AccessRecord): boolean =>
  token.issuedAtEpochSeconds < access.signedOutBeforeEpochSeconds ||
  (access.service !== undefined && access.service.keyId !== token.signInId);

/**
 * Looks up what the person who acts may do, in one call, together with any other items the caller needs at once (their order is
 * kept). Refuses `not-signed-in` without an actor, or when its token is void.
 */
export async function authorized(
  context: Pick<CommandContext, 'tenantId' | 'actor' | 'now'>,
  alsoRead: readonly ReadableKey[] = [],
): Promise<{ by: AuthorizedActor; items: (RawItem | undefined)[] }> {
  const { actor } = context;
  if (!actor) throw refuse('not-signed-in');
  const [own, ...items] = await getMany([accessFactKey(context.tenantId, actor.personId), ...alsoRead]);
  const access = accessFactFrom(own) ?? accessRecord.parse({ personId: actor.personId });
  if ('signInId' in actor && isVoid(actor, access)) throw refuse('not-signed-in');
  const ability = abilitiesOf({ tenantId: context.tenantId, ...access });
  return { by: proven({ tenantId: context.tenantId, now: context.now, actor, access, ability }), items };
}

/** A person's rights in the hands of a secret that they gave out: what it opens ends when their right does. */
export type AuthorizedHolder = Authorized & { readonly access: AccessRecord; readonly ability: Ability };

/**
 * For whoever shows a secret of `ownerId` that the caller has checked (the address of a calendar feed): what that person may do now,
 * in one call with any other items.
 */
export async function authorizeHolder(
  context: RequestContext,
  ownerId: string,
  alsoRead: readonly ReadableKey[] = [],
): Promise<{ by: AuthorizedHolder; items: (RawItem | undefined)[] }> {
  const [own, ...items] = await getMany([accessFactKey(context.tenantId, ownerId), ...alsoRead]);
  const access = accessFactFrom(own) ?? accessRecord.parse({ personId: ownerId });
  const ability = abilitiesOf({ tenantId: context.tenantId, ...access });
  return { by: proven({ tenantId: context.tenantId, now: context.now, access, ability }), items };
}

/** Refuses with `code` (normally `forbidden`) unless the actor may. */
export function mustBeAble<N extends SubjectName>(
  by: AuthorizedActor,
  action: Action,
  name: N,
  of: Parameters<typeof may<N>>[3],
  code: ProblemCode = 'forbidden',
): void {
  if (!may(by.ability, action, name, of)) throw refuse(code);
}

/** Whether a court keeps the actor from this person: such a one is left out of every list that a post opens. */
export const isKeptFrom = (by: AuthorizedActor, personId: PersonId): boolean =>
  by.access.limitedFor?.has(personId) ?? false;

/**
 * Refuses `no-authority` when a court has decided that the actor may not act for one of these people: for doors that open by a post,
 * which a grant has nothing to do with.
 */
export function mustNotBeLimited(by: AuthorizedActor, personIds: readonly PersonId[]): void {
  if (personIds.some((personId) => isKeptFrom(by, personId))) throw refuse('no-authority');
}
