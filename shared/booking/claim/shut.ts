import * as z from 'zod';
import type { Authorized } from '../../access/authorize.ts';
import type { ClosureId } from '../../contracts/closures.ts';
import type { RoomId, SessionId } from '../../contracts/common.ts';
import type { RoundId } from '../../contracts/rounds.ts';
import { again, retry } from '../../kernel/again.ts';
import { condition, exists } from '../../table/conditions.ts';
import { get } from '../../table/read.ts';
import { update } from '../../table/write.ts';
import { roomDayKey, sessionKey } from './keys.ts';

/**
 * What a closure shuts says by whom it is shut (`shutBy`), in the same write. Opening again takes one name out and makes what is left
 * follow from the names that stay, on the condition that they are still the ones that were read: so two closures of one place never
 * open each other's, whatever the order of their writes. Each write can be repeated.
 */
const shutByItem = z.object({ shutBy: z.set(z.string()).default(new Set()) });

/** As often as another closure of the same place may come in between. */
const ROUNDS = 10;

/** Shuts quarter-hours of a resource's day. */
export async function shutSheet(
  by: Authorized,
  resourceId: RoomId,
  date: string,
  quarters: readonly number[],
  closureId: ClosureId,
): Promise<void> {
  await update({
    key: roomDayKey(by, resourceId, date),
    update: 'SET #is = :is ADD closed :quarters, shutBy :closure',
    names: { '#is': 'is' },
    values: { ':is': 'room-day', ':quarters': new Set(quarters), ':closure': new Set([closureId]) },
  });
}

/** Opens a resource's day again. `quartersOf` another closure of this center: what it shuts here; nothing when it is lifted. */
export function reopenSheet(
  by: Authorized,
  resourceId: RoomId,
  date: string,
  closureId: ClosureId,
  quartersOf: (closureId: ClosureId) => Promise<readonly number[]>,
): Promise<void> {
  const key = roomDayKey(by, resourceId, date);
  return again(ROUNDS, async () => {
    const { shutBy } = (await get(key, shutByItem)) ?? { shutBy: new Set<string>() };
    if (!shutBy.has(closureId)) return;
    const others = [...shutBy].filter((id) => id !== closureId);
    const left = new Set((await Promise.all(others.map(quartersOf))).flat());
    const { outcome } = await update({
      key,
      update:
        others.length > 0 && left.size > 0
          ? 'SET closed = :left, shutBy = :others'
          : `REMOVE closed${others.length > 0 ? ' SET shutBy = :others' : ', shutBy'}`,
      values: {
        ':asRead': shutBy,
        ...(others.length > 0 ? { ':others': new Set(others) } : {}),
        ...(others.length > 0 && left.size > 0 ? { ':left': left } : {}),
      },
      conditions: [condition('shut by the same', 'shutBy = :asRead')],
      meaning: () => 'done',
    });
    return outcome === 'fresh' ? undefined : retry;
  });
}

/** From this write on no claim finds the session open; who has a place keeps it until it is given back. */
export async function shutSession(by: Authorized, sessionId: SessionId, closureId: ClosureId): Promise<void> {
  await update({
    key: sessionKey(by, sessionId),
    update:
      'SET shutFrom = if_not_exists(shutFrom, #status), #status = :closed, changedAt = :now ADD shutBy :closure, changes :one',
    names: { '#status': 'status' },
    values: {
      ':closed': 'closed',
      ':closure': new Set([closureId]),
      ':id': closureId,
      ':one': 1,
      ':now': by.now.toISOString(),
    },
    conditions: [exists, condition('not shut by it yet', 'NOT contains(shutBy, :id)')],
    meaning: () => 'done',
  });
}

const shutSessionItem = shutByItem.extend({
  shutFrom: z.enum(['open', 'closed', 'allocating']).optional(),
  roundId: z.string().optional(),
});

/**
 * Opens a session again, as it was before the first closure. One that an allocation round had taken goes back to it where the round
 * still gives its places (`isGiving`), and is open to all where the round has passed it by.
 */
export function reopenSession(
  by: Authorized,
  sessionId: SessionId,
  closureId: ClosureId,
  isGiving: (roundId: RoundId) => Promise<boolean>,
): Promise<void> {
  const key = sessionKey(by, sessionId);
  return again(ROUNDS, async () => {
    const session = await get(key, shutSessionItem);
    if (!session?.shutBy.has(closureId)) return;
    const { shutBy, shutFrom = 'open', roundId } = session;
    const others = [...shutBy].filter((id) => id !== closureId);
    const values = { ':asRead': shutBy };
    const passedBy = shutFrom === 'allocating' && !(roundId && (await isGiving(roundId)));
    const { outcome } = await update({
      key,
      ...(others.length > 0
        ? { update: 'SET shutBy = :others', values: { ...values, ':others': new Set(others) } }
        : {
            update: `SET #status = :before, changedAt = :now REMOVE shutBy, shutFrom${passedBy ? ', roundId' : ''} ADD changes :one`,
            names: { '#status': 'status' },
            values: {
              ...values,
              ':before': passedBy ? 'open' : shutFrom,
              ':one': 1,
              ':now': by.now.toISOString(),
            },
          }),
      conditions: [condition('shut by the same', 'shutBy = :asRead')],
      meaning: () => 'done',
    });
    return outcome === 'fresh' ? undefined : retry;
  });
}
