import { expect } from 'vitest';
import * as bookings from '../../../functions/bookings/handler.ts';
import * as calendars from '../../../functions/calendars/handler.ts';
import { offeringItem } from '../../../functions/centers/index.ts';
import * as rooms from '../../../functions/rooms/handler.ts';
import * as series from '../../../functions/series/handler.ts';
import * as sessions from '../../../functions/sessions/handler.ts';
import { bookingRow } from '../../../shared/booking/items/booking-row.ts';
import type { Series } from '../../../shared/contracts/series.ts';
import { signAccessToken } from '../../../shared/http/token.ts';
import { clockNow } from '../../../shared/kernel/clock.ts';
import { putMany } from '../../../shared/table/bulk.ts';
import { keys } from '../../../shared/table/keys.ts';
import { queryAll } from '../../../shared/table/read.ts';
import type { Someone } from '../../support/builders.ts';
import { type Call, cityOf, tenants } from '../../support/invoke.ts';

export const city = cityOf(series, rooms, sessions, bookings, calendars);

/** Wednesday 1 April 2026, 09:00 in Putian. */
export const april = '2026-04-01T01:00:00Z';
export const reason = '电话登记';

export const weekly = (count: number, facts: object = {}) => ({
  dtstart: '2026-04-15',
  rrule: `FREQ=WEEKLY;COUNT=${count}`,
  ...facts,
});

export const inRoom = (roomId: string, facts: object = {}) => ({
  kind: 'room',
  roomId,
  startsAt: '14:00',
  endsAt: '15:00',
  purpose: '合唱团',
  ...facts,
});

export async function make(as: Someone, body: object, call: Call = {}): Promise<Series> {
  const answer = await city.post('/v1/series', { as, body, ...call });
  expect(answer.status, answer.text).toBe(201);
  return answer.body.series;
}

export async function seriesNow(as: Someone, seriesId: string): Promise<Series> {
  const answer = await city.get(`/v1/series/${seriesId}`, { as });
  expect(answer.status, answer.text).toBe(200);
  return answer.body.series;
}

export async function change(as: Someone, seriesId: string, body: object): Promise<Series> {
  const answer = await city.patch(`/v1/series/${seriesId}`, { as, body });
  expect(answer.status, answer.text).toBe(200);
  return answer.body.series;
}

/** The same person with a token of this moment, after the clock was moved. */
export async function anew(who: Someone): Promise<Someone> {
  const { tenantId, personId } = who;
  return { ...who, token: await signAccessToken({ tenantId, personId, signInId: 's' }, clockNow()) };
}

/** The rows that a person really has, as the table has them. */
export const rowsOf = (personId: string) =>
  queryAll({ pk: keys.booking.agenda(tenants()[0], personId), begins: 'BOOKING#' }, bookingRow);

/** The report of a series equals what is booked: as many standing rows as it says, each under the id it names, at its place. */
export async function expectReportIsTrue(as: Someone, seriesIds: readonly string[], personId: string): Promise<void> {
  const stored = (await rowsOf(personId)).filter(({ state }) => state !== 'canceled' && state !== 'lapsed');
  const reported = (await Promise.all(seriesIds.map((id) => seriesNow(as, id)))).flatMap(({ occurrences }) =>
    occurrences.filter(({ outcome }) => outcome === 'booked'),
  );
  const mark = ({ bookingId, date, startsAt }: { bookingId?: string | undefined; date: string; startsAt: string }) =>
    `${bookingId} ${date} ${startsAt}`;
  expect(reported.map(mark).sort()).toEqual(stored.map(mark).sort());
}

export const counted = (series: Series): Record<string, number> =>
  Object.fromEntries([...Map.groupBy(series.occurrences, ({ outcome }) => outcome)].map(([k, v]) => [k, v.length]));

/** An offering that a center itself has; gives its id. */
export async function offering(centerId: string, slug: string, facts: object = {}): Promise<string> {
  const offeringId = `${centerId}.center.${slug}`;
  const item = offeringItem.parse({
    offeringId,
    centerId,
    providerId: 'center',
    providerName: { zh: '中心', en: 'Center' },
    service: 'medical',
    title: { zh: '慢病随访', en: 'Follow-up visit' },
    grossPriceFen: 0,
    residentPriceFen: 0,
    fundingMode: 'welfare',
    ...facts,
  });
  await putMany([{ key: keys.centers.offering(tenants()[0], offeringId), item }]);
  return offeringId;
}
