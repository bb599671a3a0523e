import type { Authorized } from '../../shared/access/authorize.ts';
import type { CenterId, OfferingId, RoomId } from '../../shared/contracts/common.ts';
import type { TenantId } from '../../shared/contracts/id.ts';
import type { RawItem } from '../../shared/table/conditions.ts';
import { type Key, keys } from '../../shared/table/keys.ts';
import { get, getMany, parsedItem } from '../../shared/table/read.ts';
import { type CenterItem, centerItem, type OfferingItem, offeringItem, type RoomItem, roomItem } from './items.ts';

/*
 * What other modules may read of a center, its rooms and its offerings: `…FactKey` for a batch of their own, `…FactFrom` for what came
 * back, and readers where nothing else is read along.
 */

type Found = RawItem | undefined;

export const centerFactKey = (tenantId: TenantId, centerId: CenterId): Key => keys.centers.center(tenantId, centerId);
export const centerFactFrom = (item: Found): CenterItem | undefined => item && parsedItem(centerItem, item);

export const roomFactKey = (tenantId: TenantId, roomId: RoomId): Key => keys.centers.room(tenantId, roomId);
export const roomFactFrom = (item: Found): RoomItem | undefined => item && parsedItem(roomItem, item);

export const offeringFactKey = (tenantId: TenantId, offeringId: OfferingId): Key =>
  keys.centers.offering(tenantId, offeringId);
export const offeringFactFrom = (item: Found): OfferingItem | undefined => item && parsedItem(offeringItem, item);

export const readCenter = (
  by: Authorized,
  centerId: CenterId,
  how?: { relaxed: boolean },
): Promise<CenterItem | undefined> => get(centerFactKey(by.tenantId, centerId), centerItem, how);

export const readRoom = (by: Authorized, roomId: RoomId): Promise<RoomItem | undefined> =>
  get(roomFactKey(by.tenantId, roomId), roomItem);

export const readOffering = (by: Authorized, offeringId: OfferingId): Promise<OfferingItem | undefined> =>
  get(offeringFactKey(by.tenantId, offeringId), offeringItem);

/** These centers by id, in one call; whichever is not there is missing. */
export async function readCentersById(by: Authorized, ids: readonly string[]): Promise<Map<string, CenterItem>> {
  const items = await getMany([...new Set(ids)].map((centerId) => centerFactKey(by.tenantId, centerId)));
  return new Map(items.flatMap((item) => centerFactFrom(item) ?? []).map((center) => [center.centerId, center]));
}

/** These rooms by id, in one call; whichever is not there is missing. */
export async function readRoomsById(by: Authorized, ids: readonly string[]): Promise<Map<string, RoomItem>> {
  const items = await getMany([...new Set(ids)].map((roomId) => roomFactKey(by.tenantId, roomId)));
  return new Map(items.flatMap((item) => roomFactFrom(item) ?? []).map((room) => [room.roomId, room]));
}

/** These offerings by id, in one call; whichever is not there is missing. */
export async function readOfferingsById(by: Authorized, ids: readonly string[]): Promise<Map<string, OfferingItem>> {
  const items = await getMany([...new Set(ids)].map((offeringId) => offeringFactKey(by.tenantId, offeringId)));
  return new Map(items.flatMap((item) => offeringFactFrom(item) ?? []).map((one) => [one.offeringId, one]));
}
