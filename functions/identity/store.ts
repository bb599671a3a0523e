import * as z from 'zod';
import { type Authorized, type AuthorizedActor, accessFactFrom, accessFactKey } from '../../shared/access/authorize.ts';
import { type PersonId, personId } from '../../shared/contracts/common.ts';
import { epochSeconds } from '../../shared/kernel/clock.ts';
import { refuse } from '../../shared/kernel/refusal.ts';
import { condition, isNew } from '../../shared/table/conditions.ts';
import { keys } from '../../shared/table/keys.ts';
import { getMany, parsedItem, queryAll } from '../../shared/table/read.ts';
import { put, remove, transact, update, updateAndRead } from '../../shared/table/write.ts';
import { type NewPerson, personItems, pointerFactFrom, voidTokens } from '../people/index.ts';
import {
  CODE_PAUSE_SECONDS,
  CODE_SECONDS,
  CODE_TRIES,
  CODES_PER_DAY,
  FAMILY_SECONDS,
  type LimitedAction,
  SOURCE_LIMITS,
  SOURCE_WINDOW_SECONDS,
  windowAt,
} from './rules.ts';

const DAY_SECONDS = 86_400;

/**
 * Counts one attempt of a source; refuses `rate-limited` with the seconds until its window ends. Gives how to take it back, where only
 * failures are to count.
 */
export async function countAttempt(
  by: Authorized,
  action: LimitedAction,
  sourceMac: string,
): Promise<() => Promise<void>> {
  const { startsAt, secondsLeft } = windowAt(epochSeconds(by.now), SOURCE_WINDOW_SECONDS);
  const key = keys.identity.signInLimit(by.tenantId, sourceMac, `${action}#${startsAt}`);
  await update({
    key,
    update: 'SET ttlEpochSeconds = :ttl ADD #count :one',
    names: { '#count': 'count' },
    values: { ':ttl': startsAt + 2 * SOURCE_WINDOW_SECONDS, ':one': 1, ':most': SOURCE_LIMITS[action] },
    conditions: [condition('below the limit of the source', 'attribute_not_exists(#count) OR #count < :most')],
    meaning: () => refuse('rate-limited', { retryAfterSeconds: secondsLeft }),
  });
  return async () => {
    await update({ key, update: 'ADD #count :back', names: { '#count': 'count' }, values: { ':back': -1 } });
  };
}

/**
 * Stores the fingerprint of a new code and voids the one before. The number's limits are conditions of this very write, kept on the
 * same item: a minute since the last code, ten codes on one UTC day. Refuses `rate-limited`.
 */
export async function storeCode(by: Authorized, phoneMac: string, codeMac: string): Promise<void> {
  const now = epochSeconds(by.now);
  const { startsAt, secondsLeft } = windowAt(now, DAY_SECONDS);
  const today = `sent${startsAt}`;
  await update({
    key: keys.identity.signInCode(by.tenantId, phoneMac),
    update:
      'SET codeMac = :mac, sentAtEpochSeconds = :now, expiresAtEpochSeconds = :expires, tries = :zero, ttlEpochSeconds = :ttl' +
      ' REMOVE usedBy, #yesterday ADD #today :one',
    names: { '#today': today, '#yesterday': `sent${startsAt - DAY_SECONDS}` },
    values: {
      ':mac': codeMac,
      ':now': now,
      ':expires': now + CODE_SECONDS,
      ':zero': 0,
      ':one': 1,
      // The item outlives the code, because it also counts the day's codes.
      ':ttl': now + 2 * DAY_SECONDS,
      ':minuteAgo': now - CODE_PAUSE_SECONDS,
      ':most': CODES_PER_DAY,
    },
    conditions: [
      condition(
        'a minute after the last',
        'attribute_not_exists(sentAtEpochSeconds) OR sentAtEpochSeconds <= :minuteAgo',
      ),
      condition('below the limit of the day', 'attribute_not_exists(#today) OR #today < :most'),
    ],
    meaning: (item) => {
      if (item?.['codeMac'] === codeMac) return 'done';
      const dayIsFull = Number(item?.[today] ?? 0) >= CODES_PER_DAY;
      const pauseLeft = Number(item?.['sentAtEpochSeconds'] ?? 0) + CODE_PAUSE_SECONDS - now;
      return refuse('rate-limited', { retryAfterSeconds: dayIsFull ? secondsLeft : Math.max(1, pauseLeft) });
    },
  });
}

/**
 * Counts a try before anything is compared, so that no more than five tries are ever compared however many come at once, and gives
 * the fingerprint to compare with. Refuses `sign-in-code-wrong` when there is no live code, for whichever reason.
 */
export async function countTry(by: Authorized, phoneMac: string, signInId: string): Promise<string> {
  const item = await updateAndRead({
    key: keys.identity.signInCode(by.tenantId, phoneMac),
    update: 'ADD tries :one',
    values: { ':one': 1, ':most': CODE_TRIES, ':now': epochSeconds(by.now), ':me': signInId },
    conditions: [
      condition('not expired', 'attribute_exists(pk) AND expiresAtEpochSeconds > :now'),
      condition('tries left', 'tries < :most'),
      condition('unused', 'attribute_not_exists(usedBy) OR usedBy = :me'),
    ],
    meaning: () => refuse('sign-in-code-wrong'),
  });
  return parsedItem(z.object({ codeMac: z.string() }), item).codeMac;
}

/** Uses the code up: of two that come with the right code at once, one is refused `sign-in-code-wrong`. */
export async function spendCode(
  by: Authorized,
  phoneMac: string,
  { codeMac, signInId }: { readonly codeMac: string; readonly signInId: string },
): Promise<void> {
  await update({
    key: keys.identity.signInCode(by.tenantId, phoneMac),
    update: 'SET usedBy = :me',
    values: { ':me': signInId, ':mac': codeMac },
    conditions: [
      condition('still this code', 'codeMac = :mac'),
      condition('unused', 'attribute_not_exists(usedBy) OR usedBy = :me'),
    ],
    meaning: () => refuse('sign-in-code-wrong'),
  });
}

/** Creates a person with all that belongs to one. When the number has found its person meanwhile, that person is the answer. */
export async function createPerson(by: Authorized, person: NewPerson): Promise<string> {
  const writes = personItems(by.tenantId, person).map((planned) => ({
    ...planned,
    conditions: [isNew],
    meaning: () => 'done' as const,
  }));
  const { item } = await transact(writes);
  return item ? pointerFactFrom(item) : person.personId;
}

/** One sign-in on one device: the chain of refresh tokens that began with a code. */
const familyItem = z.object({
  personId,
  signInId: z.string(),
  seed: z.string(),
  generation: z.int(),
  rotatedAtEpochMs: z.int(),
  startedAtEpochSeconds: z.int(),
  ttlEpochSeconds: z.int(),
});
export type Family = z.infer<typeof familyItem>;

/** Starts a sign-in; the one that a replay finds is given back as it stands. */
export async function startFamily(
  by: Authorized,
  who: Pick<Family, 'personId' | 'signInId' | 'seed'>,
): Promise<Family> {
  const now = epochSeconds(by.now);
  const family: Family = {
    ...who,
    generation: 1,
    rotatedAtEpochMs: by.now.getTime(),
    startedAtEpochSeconds: now,
    ttlEpochSeconds: now + FAMILY_SECONDS,
  };
  const { outcome, item } = await put({
    key: keys.identity.refreshFamily(by.tenantId, who.personId, who.signInId),
    item: family,
    conditions: [isNew],
    meaning: () => 'done',
  });
  return outcome === 'done' && item ? parsedItem(familyItem, item) : family;
}

/** The sign-in, when it is still on: not ended, not expired (the table deletes late), not from before a sign-out everywhere. */
export async function readFamily(by: Authorized, personId: PersonId, signInId: string): Promise<Family | undefined> {
  const [item, access] = await getMany([
    keys.identity.refreshFamily(by.tenantId, personId, signInId),
    accessFactKey(by.tenantId, personId),
  ]);
  const record = accessFactFrom(access);
  if (!item || !record) return undefined;
  const family = parsedItem(familyItem, item);
  const { signedOutBeforeEpochSeconds } = record;
  const isLive =
    family.ttlEpochSeconds > epochSeconds(by.now) && family.startedAtEpochSeconds >= signedOutBeforeEpochSeconds;
  return isLive ? family : undefined;
}

/** Moves the sign-in to its next generation. Two that do it at once move it once; an ended one is `not-signed-in`. */
export async function rotateFamily(by: Authorized, family: Family): Promise<void> {
  const next = family.generation + 1;
  await update({
    key: keys.identity.refreshFamily(by.tenantId, family.personId, family.signInId),
    update: 'SET generation = :next, rotatedAtEpochMs = :now, ttlEpochSeconds = :ttl',
    values: {
      ':next': next,
      ':now': by.now.getTime(),
      ':ttl': epochSeconds(by.now) + FAMILY_SECONDS,
      ':current': family.generation,
    },
    conditions: [condition('still the current one', 'generation = :current')],
    meaning: (item) => (item?.['generation'] === next ? 'done' : refuse('not-signed-in')),
  });
}

export async function endFamily(by: Authorized, personId: PersonId, signInId: string): Promise<void> {
  await remove({ key: keys.identity.refreshFamily(by.tenantId, personId, signInId) });
}

/** Voids every token of the person: those issued up to this second, and all sign-ins. */
export async function endAllFamilies(by: AuthorizedActor): Promise<void> {
  const { personId } = by.actor;
  await voidTokens(by, personId);
  const families = await queryAll(
    { pk: keys.identity.refreshFamilies(by.tenantId, personId), begins: 'FAMILY#' },
    familyItem,
  );
  await Promise.all(families.map(({ signInId }) => endFamily(by, personId, signInId)));
}
