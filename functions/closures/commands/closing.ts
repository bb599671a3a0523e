import type * as z from 'zod';
import { type Authorized, type AuthorizedActor, authorized, mustBeAble } from '../../../shared/access/authorize.ts';
import { sessionFactFrom, sessionFactKey } from '../../../shared/booking/facts/sessions.ts';
import type { Closure, ClosureId, ClosureScope, closureRequest } from '../../../shared/contracts/closures.ts';
import type { CenterId, Localized } from '../../../shared/contracts/common.ts';
import type { RequestContext } from '../../../shared/http/context.ts';
import { again, retry } from '../../../shared/kernel/again.ts';
import { civilNow, minutesOf } from '../../../shared/kernel/days.ts';
import { derivedId, fingerprint } from '../../../shared/kernel/ids.ts';
import { refuse } from '../../../shared/kernel/refusal.ts';
import { centerOf, keys } from '../../../shared/table/keys.ts';
import { parsedItem } from '../../../shared/table/read.ts';
import { centerFactFrom, centerFactKey, roomFactFrom, roomFactKey } from '../../centers/index.ts';
import { type ClosureItem, closureItem } from '../items.ts';
import { publicClosure } from '../rules.ts';
import { createClosure, moveClosure, readClosure } from '../store/closures.ts';

import { advance } from './steps.ts';

/** A request carries its closure on for so long; what is left the schedule does, from the next minute on. */
const BUDGET_MS = 3_500;

/** Carries a closure on, step after step, until nothing is due or the time is up. Gives how many steps were taken. */
export async function carryOn(by: Authorized, due: ClosureItem, mayGoOn: () => boolean): Promise<number> {
  let steps = 0;
  let closure: ClosureItem | undefined = due;
  while (closure && mayGoOn()) {
    closure = await advance(by, closure, mayGoOn);
    steps += 1;
  }
  return steps;
}

async function asFarAsItGets(by: Authorized, closure: ClosureItem): Promise<ClosureItem> {
  const startedAtMs = performance.now();
  await carryOn(by, closure, () => performance.now() - startedAtMs < BUDGET_MS);
  return (await readClosure(by, closure.centerId, closure.closureId)) ?? closure;
}

/** What is closed as it stands: the staff's proof, its name, and that it lies ahead. */
export type Wanted = { readonly by: AuthorizedActor; readonly title: Localized; readonly stored: unknown };

/**
 * The authorization step of this module, in one call with what is to be closed. Refuses `forbidden` to all but the staff of this very
 * center, `not-found`, and `in-the-past` for what is over.
 */
export async function authorizeAtCenter(
  context: RequestContext,
  centerId: CenterId,
  what: ClosureScope,
  closureId = '-',
): Promise<Wanted> {
  const { tenantId } = context;
  const subject =
    what.kind === 'day'
      ? keys.closures.closure(tenantId, centerId, 'none')
      : what.kind === 'resource'
        ? roomFactKey(tenantId, what.roomId)
        : sessionFactKey(tenantId, what.sessionId);
  const { by, items } = await authorized(context, [
    centerFactKey(tenantId, centerId),
    keys.closures.closure(tenantId, centerId, closureId),
    subject,
  ]);
  mustBeAble(by, 'staff', 'Desk', { centerId });
  const [centerFound, stored, item] = items;
  // What belongs to another center is behind another desk.
  if (what.kind !== 'day' && centerOf(what.kind === 'session' ? what.sessionId : what.roomId) !== centerId)
    throw refuse('forbidden');
  const center = centerFactFrom(centerFound);
  const room = what.kind === 'resource' ? roomFactFrom(item) : undefined;
  const session = what.kind === 'session' ? sessionFactFrom(item) : undefined;
  if (!center || (what.kind !== 'day' && !room && !session)) throw refuse('not-found');
  const now = civilNow(by.now, center.zone);
  if (session) {
    const { title, date, endsAt } = session;
    const isOver = date < now.date || (date === now.date && minutesOf(endsAt) <= now.minutes);
    if (isOver && !stored) throw refuse('in-the-past');
    return { by, title, stored };
  }
  if (what.kind !== 'session' && what.from < now.date && !stored) throw refuse('in-the-past');
  return { by, title: room?.name ?? center.name, stored };
}

/**
 * Closes a room or another resource, days of the center, or one session: one action, that goes on by itself until everybody affected has
 * another place kept for them or their price back, and has been told. Refuses what {@link authorizeAtCenter} does and
 * `idempotency-key-reused`.
 */
export async function close(
  context: RequestContext,
  centerId: CenterId,
  request: z.output<typeof closureRequest>,
): Promise<{ closure: Closure; replayed: boolean }> {
  const { tenantId, actor, idempotencyKey = '' } = context;
  if (!actor) throw refuse('not-signed-in');
  const closureId = derivedId('x', tenantId, actor.personId, idempotencyKey);
  const { what, reason, answerWithinHours } = request;
  const { by, title, stored } = await authorizeAtCenter(context, centerId, what, closureId);
  const wanted: ClosureItem = {
    is: 'closure',
    closureId,
    centerId,
    what,
    title,
    reason: { zh: reason.zh, en: reason.en ?? reason.zh },
    answerWithinHours,
    status: 'open',
    done: 0,
    affected: 0,
    inLine: 0,
    closedBy: actor.personId,
    closedAt: by.now.toISOString(),
    requestHash: fingerprint({ centerId, ...request }),
  };
  const closure = await createClosure(by, wanted);
  return { closure: publicClosure(await asFarAsItGets(by, closure)), replayed: stored !== undefined };
}

/** As often as it may be carried on in the very moment in which it is lifted. */
const ROUNDS = 20;

/**
 * Opens again what a closure has shut, as far as no other closure shuts it too. Whoever has been moved stays moved; whose turn had not
 * come keeps their booking. Lifting twice is lifting once. Refuses `forbidden`, `not-found`, `try-again`.
 */
export async function lift(context: RequestContext, centerId: CenterId, closureId: ClosureId): Promise<Closure> {
  const { by, items } = await authorized(context, [keys.closures.closure(context.tenantId, centerId, closureId)]);
  mustBeAble(by, 'staff', 'Desk', { centerId });
  let closure = items[0] && parsedItem(closureItem, items[0]);
  const lifted = await again(ROUNDS, async () => {
    if (!closure) throw refuse('not-found');
    if (closure.status === 'lifting' || closure.status === 'lifted') return closure;
    const to = { status: 'lifting', done: 0, liftedAt: by.now.toISOString(), liftedBy: by.actor.personId } as const;
    await moveClosure(by, closure, to, 0);
    // Somebody may have carried it on in the same moment: then it is lifted from where it stands now.
    closure = await readClosure(by, centerId, closureId);
    return retry;
  });
  return publicClosure(lifted.status === 'lifting' ? await asFarAsItGets(by, lifted) : lifted);
}
