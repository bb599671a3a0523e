import { randomUUID } from 'node:crypto';
import * as allowances from '../../../functions/allowances/handler.ts';
import * as bookings from '../../../functions/bookings/handler.ts';
import * as rooms from '../../../functions/rooms/handler.ts';
import * as sessions from '../../../functions/sessions/handler.ts';
import { usualRules } from '../../../shared/booking/items/city-rules.ts';
import type { CityRules, FairUseRule } from '../../../shared/contracts/city-rules.ts';
import type { PassKind } from '../../../shared/contracts/passes.ts';
import { putMany } from '../../../shared/table/bulk.ts';
import { keys } from '../../../shared/table/keys.ts';
import { room, type Someone } from '../../support/builders.ts';
import { cityOf } from '../../support/invoke.ts';
import { tenants } from '../../support/tenants.ts';

/** Monday 2 March 2026, 09:00 in Putian. */
export const MONDAY = '2026-03-02T01:00:00Z';
export const city = cityOf(allowances, bookings, rooms, sessions);

/** Five free hours of rooms a week for each person, unless told otherwise. */
export const fairUse = (facts: Partial<FairUseRule> = {}): FairUseRule => ({
  ruleId: 'rooms-week',
  title: { zh: '每周免费场地', en: 'Free rooms each week' },
  per: 'person',
  window: 'week',
  of: { kind: 'room' },
  unit: 'hours',
  free: 5,
  beyond: 'refuse',
  validFrom: '2026-01-01',
  source: '示例办法第三条',
  ...facts,
});

export async function cityHas(fairUseRules: readonly FairUseRule[], rules: Partial<CityRules> = {}): Promise<void> {
  const item = { is: 'city-rules', ...usualRules, version: 1, fairUse: [...fairUseRules], ...rules };
  await putMany([{ key: keys.rules.city(tenants()[0]), item }]);
}

export async function citySells(...kinds: readonly PassKind[]): Promise<void> {
  await putMany([
    { key: keys.rules.passKinds(tenants()[0]), item: { is: 'pass-kinds', version: 1, kinds: [...kinds] } },
  ]);
}

export const freshRoom = (): Promise<string> => room('yuhu', `room-${randomUUID().slice(0, 8)}`);

export const bookRoom = (as: Someone, roomId: string, date: string, startsAt: string, endsAt: string, more = {}) =>
  city.post(`/v1/rooms/${roomId}/bookings`, { as, body: { date, startsAt, endsAt, purpose: '读书会', ...more } });

export const cancel = (
  as: Someone,
  { beneficiaryId, bookingId }: { beneficiaryId: string; bookingId: string },
  body = {},
) => city.post(`/v1/people/${beneficiaryId}/bookings/${bookingId}/cancel`, { as, body });

export const allowancesFor = async (as: Someone, personId = as.personId, query = '') =>
  (await city.get(`/v1/people/${personId}/allowances${query}`, { as })).body;
