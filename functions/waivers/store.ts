import type { Authorized } from '../../shared/access/authorize.ts';
import { readRowsFrom } from '../../shared/booking/facts/bookings.ts';
import type { OfferingId, PersonId } from '../../shared/contracts/common.ts';
import type { WaiverId } from '../../shared/contracts/policy.ts';
import type { Signature, Waiver, WaiverWithText } from '../../shared/contracts/waivers.ts';
import { refuse } from '../../shared/kernel/refusal.ts';
import { condition, isNew } from '../../shared/table/conditions.ts';
import { keys } from '../../shared/table/keys.ts';
import { get, parsedItem, queryAll } from '../../shared/table/read.ts';
import { transact, updateAndRead } from '../../shared/table/write.ts';
import { readOfferingsById } from '../centers/index.ts';
import { signedItem, versionAttribute, waiverItem, waiverTextItem } from './items.ts';

/**
 * Puts a version in the place of the one before, head and text together. The very version that stands may come again. Refuses
 * `changed-meanwhile` when another has been published since the one it replaces was read, `forbidden` for a waiver of others.
 */
export async function publish(by: Authorized, { text, ...head }: WaiverWithText, publishedBy: string): Promise<void> {
  const { version, centerId } = head;
  const first = { conditions: [isNew] };
  const next = {
    names: { '#version': 'version' },
    values: { ':replaced': version - 1, ...(centerId ? { ':center': centerId } : {}) },
    conditions: [
      condition('the version that was read', '#version = :replaced'),
      condition(
        'of the same center, or of the city',
        centerId ? 'centerId = :center' : 'attribute_not_exists(centerId)',
      ),
    ],
  };
  await transact([
    {
      key: keys.waivers.waiver(by.tenantId, head.waiverId),
      item: { ...head, is: 'waiver' },
      ...(head.version === 1 ? first : next),
      meaning: (stored) => {
        // The waiver of somebody else: of the city, or of another center.
        if (stored && stored['centerId'] !== head.centerId) return refuse('forbidden');
        const same = stored?.['version'] === head.version && stored['hash'] === head.hash;
        return same ? 'done' : refuse('changed-meanwhile');
      },
    },
    {
      key: keys.waivers.text(by.tenantId, head.waiverId, head.version),
      item: { ...head, text, publishedBy, is: 'waiver-text' },
      conditions: [isNew],
      meaning: () => 'done',
    },
  ]);
}

/** All waivers as they stand, in order of their ids. */
export const readWaivers = (by: Authorized): Promise<Waiver[]> =>
  queryAll({ pk: keys.waivers.list(by.tenantId), begins: 'WAIVER#' }, waiverItem);

export const readWaiverHead = (by: Authorized, waiverId: WaiverId): Promise<Waiver | undefined> =>
  get(keys.waivers.waiver(by.tenantId, waiverId), waiverItem);

export const waiverText = (by: Authorized, waiverId: WaiverId, version: number) =>
  get(keys.waivers.text(by.tenantId, waiverId, version), waiverTextItem);

export const readSignatures = (by: Authorized, personId: PersonId) =>
  queryAll({ pk: keys.waivers.signatures(by.tenantId, personId), begins: 'WAIVER#' }, signedItem);

/** Keeps a signature; gives the one that stands: the first one of a version, which nothing replaces. */
export async function keepSignature(
  by: Authorized,
  personId: PersonId,
  waiverId: WaiverId,
  signed: Signature,
): Promise<Signature> {
  const item = await updateAndRead({
    key: keys.waivers.signature(by.tenantId, personId, waiverId),
    update: 'SET #version = if_not_exists(#version, :signed), waiverId = :waiver, #is = :is',
    names: { '#version': versionAttribute(signed.version), '#is': 'is' },
    values: { ':signed': signed, ':waiver': waiverId, ':is': 'signed' },
  });
  return parsedItem(signedItem, item).versions[signed.version] ?? signed;
}

/** The sessions that a person is coming to from `date` on. */
export async function readComingSessions(by: Authorized, personId: PersonId, date: string) {
  const rows = await readRowsFrom(by, personId, date);
  return rows.filter(({ state, sessionId }) => sessionId !== undefined && (state === 'booked' || state === 'held'));
}

/** Which waivers these offerings name, by offering id. */
export async function readWaiversOfOfferings(
  by: Authorized,
  offeringIds: readonly OfferingId[],
): Promise<ReadonlyMap<string, readonly string[]>> {
  const offerings = await readOfferingsById(by, [...new Set(offeringIds)].slice(0, 100));
  return new Map([...offerings].map(([offeringId, { policy }]) => [offeringId, policy?.waivers ?? []]));
}
