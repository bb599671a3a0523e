import * as z from 'zod';
import type { Authorized } from '../../shared/access/authorize.ts';
import type { CenterId } from '../../shared/contracts/common.ts';
import type { WaiverId } from '../../shared/contracts/policy.ts';
import { refuse } from '../../shared/kernel/refusal.ts';
import { condition, exists } from '../../shared/table/conditions.ts';
import { keys } from '../../shared/table/keys.ts';
import { getMany, parsedItem, queryAll } from '../../shared/table/read.ts';
import { update } from '../../shared/table/write.ts';
import { type CenterItem, centerItem, type OfferingItem, offeringItem, type RoomItem, roomItem } from './items.ts';
import { type CenterOpening, openingFrom, openingKeys } from './opening/items.ts';

export function readCenters(by: Authorized): Promise<CenterItem[]> {
  return queryAll({ pk: keys.centers.list(by.tenantId), relaxed: true }, centerItem);
}

/** All resources of a center: one query. */
export const readRooms = (by: Authorized, centerId: CenterId): Promise<RoomItem[]> =>
  queryAll({ pk: keys.centers.partition(by.tenantId, centerId), begins: 'ROOM#', relaxed: true }, roomItem);

const inCenter = z.looseObject({ sk: z.string() });

/** Rooms and offerings of a center: its partition holds nothing else, so one query brings both. */
export async function readCatalog(
  by: Authorized,
  centerId: CenterId,
): Promise<{ rooms: RoomItem[]; offerings: OfferingItem[] }> {
  const items = await queryAll({ pk: keys.centers.partition(by.tenantId, centerId), relaxed: true }, inCenter);
  return {
    rooms: items.filter(({ sk }) => sk.startsWith('ROOM#')).map((item) => parsedItem(roomItem, item)),
    offerings: items.filter(({ sk }) => sk.startsWith('OFFERING#')).map((item) => parsedItem(offeringItem, item)),
  };
}

/** Refuses `not-found`. */
export async function readOpening(
  by: Authorized,
  centerId: CenterId,
  from: string,
  to: string,
): Promise<CenterOpening> {
  return openingFrom(await getMany(openingKeys(by.tenantId, centerId, from, to)));
}

/** Writes which waivers an offering asks for, in place of those that were read. Refuses `changed-meanwhile`. */
export async function setWaiversAsked(
  by: Authorized,
  { offeringId, policy }: OfferingItem,
  waiverIds: readonly WaiverId[],
): Promise<void> {
  const key = keys.centers.offering(by.tenantId, offeringId);
  const meaning = () => refuse('changed-meanwhile');
  // A path into a map can only be set where the map is.
  if (!policy) {
    await update({
      key,
      update: 'SET #policy = :policy',
      names: { '#policy': 'policy' },
      values: { ':policy': { waivers: waiverIds } },
      conditions: [exists, condition('still without rules', 'attribute_not_exists(#policy)')],
      meaning,
    });
    return;
  }
  const asWasRead = policy.waivers
    ? { values: { ':read': policy.waivers }, test: '#policy.waivers = :read' }
    : { values: {}, test: 'attribute_exists(#policy) AND attribute_not_exists(#policy.waivers)' };
  await update({
    key,
    update: 'SET #policy.waivers = :waivers',
    names: { '#policy': 'policy' },
    values: { ':waivers': waiverIds, ...asWasRead.values },
    conditions: [condition('asking for what was read', asWasRead.test)],
    meaning,
  });
}
