import { authorized, mustBeAble } from '../../shared/access/authorize.ts';
import type { FeedCreate, FeedCreated } from '../../shared/contracts/calendars.ts';
import type { FeedId } from '../../shared/contracts/common.ts';
import type { TenantId } from '../../shared/contracts/id.ts';
import type { RequestContext } from '../../shared/http/context.ts';
import { derivedId, fingerprint, randomId } from '../../shared/kernel/ids.ts';
import { refuse } from '../../shared/kernel/refusal.ts';
import { deriveLookupMac } from '../../shared/keyring/keyring.ts';
import { centerOf } from '../../shared/table/keys.ts';
import { offeringFactKey, roomFactKey } from '../centers/index.ts';
import { keepFeed, revokeFeed } from './store.ts';

/**
 * Makes a feed and tells its address, this once: what is kept is a fingerprint of the token. Refuses `no-authority` for a person one may
 * not act for, `forbidden` for a room whose desk is not one's own, `not-found`.
 */
export async function createFeed(context: RequestContext, wanted: FeedCreate): Promise<FeedCreated> {
  const { tenantId, idempotencyKey } = context;
  const what = whatIsShown(tenantId, wanted);
  const { by, items } = await authorized(context, what);
  if (wanted.kind === 'person') mustBeAble(by, 'read', 'Person', { personId: wanted.of }, 'no-authority');
  if (wanted.kind === 'room') mustBeAble(by, 'staff', 'Desk', { centerId: centerOf(wanted.of) });
  if (what.length > 0 && !items[0]) throw refuse('not-found');

  const ownerId = by.actor.personId;
  const feedId = idempotencyKey ? derivedId('f', tenantId, ownerId, idempotencyKey) : randomId('f');
  const token = randomId('') + randomId('');
  const feed = { feedId, ...wanted, createdAt: by.now.toISOString() };
  await keepFeed(by, {
    ...feed,
    ownerId,
    language: context.language,
    tokenMac: await deriveLookupMac('feed', token),
    requestHash: fingerprint(wanted),
  });
  return { ...feed, path: `/v1/calendar-feeds/${token}.ics` };
}

/** The item that must be there for the feed to be about anything. */
function whatIsShown(tenantId: TenantId, wanted: FeedCreate) {
  if (wanted.kind === 'room') return [roomFactKey(tenantId, wanted.of)];
  if (wanted.kind === 'class') return [offeringFactKey(tenantId, wanted.of)];
  return [];
}

/** Closes one's own feed: its address is a 404 from the next fetch on. Twice is once. Refuses `not-found`. */
export async function endFeed(context: RequestContext, feedId: FeedId): Promise<void> {
  const { by } = await authorized(context);
  await revokeFeed(by, feedId);
}
