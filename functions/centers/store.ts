import * as z from 'zod';
import type { Authorized } from '../../shared/access/authorize.ts';
import { keys } from '../../shared/table/keys.ts';
import { get, getMany, parsedItem, queryAll } from '../../shared/table/read.ts';
import { type CenterItem, centerItem, type OfferingItem, offeringItem, type RoomItem, roomItem } from './items.ts';
import { type CenterOpening, openingFrom, openingKeys } from './opening/items.ts';

export function readCenters(by: Authorized): Promise<CenterItem[]> {
  return queryAll({ pk: keys.centers.list(by.tenantId), relaxed: true }, centerItem);
}

export function readCenter(by: Authorized, centerId: string): Promise<CenterItem | undefined> {
  return get(keys.centers.center(by.tenantId, centerId), centerItem, { relaxed: true });
}

const inCenter = z.looseObject({ sk: z.string() });

/** Rooms and offerings of a center: its partition holds nothing else, so one query brings both. */
export async function readCatalog(
  by: Authorized,
  centerId: string,
): Promise<{ rooms: RoomItem[]; offerings: OfferingItem[] }> {
  const items = await queryAll({ pk: keys.centers.partition(by.tenantId, centerId), relaxed: true }, inCenter);
  return {
    rooms: items.filter(({ sk }) => sk.startsWith('ROOM#')).map((item) => parsedItem(roomItem, item)),
    offerings: items.filter(({ sk }) => sk.startsWith('OFFERING#')).map((item) => parsedItem(offeringItem, item)),
  };
}

/** Refuses `not-found`. */
export async function readOpening(by: Authorized, centerId: string, from: string, to: string): Promise<CenterOpening> {
  return openingFrom(await getMany(openingKeys(by.tenantId, centerId, from, to)));
}
