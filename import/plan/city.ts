import type * as z from 'zod';
import {
  type CalendarYearItem,
  type CenterItem,
  calendarYearItem,
  centerItem,
  type OfferingItem,
  offeringItem,
  type RoomItem,
  roomItem,
} from '../../functions/centers/index.ts';
import { type OperatorItem, operatorItem } from '../../functions/operators/index.ts';
import type { Authorized } from '../../shared/access/authorize.ts';
import { type CityRules, cityRules } from '../../shared/contracts/city-rules.ts';
import { passKindsAnswer } from '../../shared/contracts/passes.ts';
import { canonicalJson } from '../../shared/kernel/ids.ts';
import type { RawItem } from '../../shared/table/conditions.ts';
import { type Key, keys } from '../../shared/table/keys.ts';
import { parsedItem } from '../../shared/table/read.ts';
import type { Write } from '../../shared/table/write.ts';
import { readPartition } from '../write/store.ts';

/** An item to be put. */
export type Put = Pick<Write, 'conditions' | 'values'> & { readonly key: Key; readonly item: RawItem };

/** A city's catalog as it stands: what rows may refer to beside what their own folder brings, and what is there already. */
export type City = {
  readonly isNew: boolean;
  readonly centers: Map<string, CenterItem>;
  readonly rooms: Map<string, RoomItem>;
  readonly offerings: Map<string, OfferingItem>;
  readonly operators: Map<string, OperatorItem>;
  readonly calendar: Map<string, CalendarYearItem>;
  /** What the city has set for itself, and the kinds of pass it sells. */
  readonly rules: CityRules | undefined;
  readonly passKinds: z.output<typeof passKindsAnswer> | undefined;
  /** Every catalog item as stored, as canonical JSON by key: a put of the same content is left out. */
  readonly stored: ReadonlyMap<string, string>;
};

const nameOf = ({ pk, sk }: Key): string => `${pk} ${sk}`;

/** Whether the put would change anything: `new`, `changed` or `same`. */
export function changeOf(city: City, { key, item }: Put): 'new' | 'changed' | 'same' {
  const before = city.stored.get(nameOf(key));
  if (before === undefined) return 'new';
  return before === canonicalJson({ ...item, ...key }) ? 'same' : 'changed';
}

/** Reads the whole catalog of a city: some sixty small queries for Putian, and one for a city that is empty. */
export async function readCity(by: Authorized): Promise<City> {
  const { tenantId } = by;
  const stored = new Map<string, string>();
  const read = async (pk: string): Promise<RawItem[]> => {
    const items = await readPartition(pk);
    for (const item of items) stored.set(`${item['pk']} ${item['sk']}`, canonicalJson(item));
    return items;
  };
  const centers = (await read(keys.centers.list(tenantId))).map((item) => parsedItem(centerItem, item));
  const operators = (await read(keys.operators.list(tenantId))).map((item) => parsedItem(operatorItem, item));
  const years = (await read(keys.centers.calendarYear(tenantId, '').pk)).filter(({ sk }) =>
    String(sk).startsWith('YEAR#'),
  );
  const set = await read(keys.rules.city(tenantId).pk);
  const setAs = ({ sk }: Key) => set.find((item) => item['sk'] === sk);
  const [rules, kinds] = [setAs(keys.rules.city(tenantId)), setAs(keys.rules.passKinds(tenantId))];
  const inCenters: RawItem[] = [];
  for (const { centerId } of centers) inCenters.push(...(await read(keys.centers.partition(tenantId, centerId))));
  for (const { operatorId } of operators) await read(keys.operators.partition(tenantId, operatorId));
  const begins = (prefix: string) => inCenters.filter(({ sk }) => String(sk).startsWith(prefix));
  return {
    isNew: centers.length === 0,
    centers: new Map(centers.map((item) => [item.centerId, item])),
    operators: new Map(operators.map((item) => [item.operatorId, item])),
    rooms: new Map(begins('ROOM#').map((item) => [String(item['roomId']), parsedItem(roomItem, item)])),
    offerings: new Map(begins('OFFERING#').map((item) => [String(item['offeringId']), parsedItem(offeringItem, item)])),
    calendar: new Map(years.map((item) => [String(item['year']), parsedItem(calendarYearItem, item)])),
    rules: rules && parsedItem(cityRules, rules),
    passKinds: kinds && parsedItem(passKindsAnswer, kinds),
    stored,
  };
}
