import type { Authorized } from '../../access/authorize.ts';
import { type CityRules, cityRules } from '../../contracts/city-rules.ts';
import type { TenantId } from '../../contracts/id.ts';
import type { RawItem } from '../../table/conditions.ts';
import { type Key, keys } from '../../table/keys.ts';
import { get, parsedItem } from '../../table/read.ts';
import { ROOM_QUARTERS_PER_PERSON_AND_DAY } from './day-sheet.ts';

/** `RULES / CITY`: what a city has set for itself. One small item, read along with each booking. */
const cityRulesItem = cityRules;

/** A city that has said nothing: eight weeks ahead, which is what centers publish, four hours of rooms a day, and no allowances. */
export const usualRules: CityRules = {
  roomDaysAhead: 60,
  sessionDaysAhead: 60,
  roomMinutesPerDay: ROOM_QUARTERS_PER_PERSON_AND_DAY * 15,
  fairUse: [],
  groups: [],
  version: 0,
};

/** The rules, for a batch of the caller's own; {@link cityRulesFrom} says what they are. */
export const cityRulesFactKey = (tenantId: TenantId): Key => keys.rules.city(tenantId);

export const cityRulesFrom = (item: RawItem | undefined): CityRules =>
  item ? parsedItem(cityRulesItem, item) : usualRules;

export const roomQuartersOf = ({ roomMinutesPerDay }: Pick<CityRules, 'roomMinutesPerDay'>): number =>
  roomMinutesPerDay / 15;

/** The city's rules where nothing else is read along. */
export const readCityRules = async (by: Authorized): Promise<CityRules> =>
  (await get(cityRulesFactKey(by.tenantId), cityRulesItem)) ?? usualRules;
