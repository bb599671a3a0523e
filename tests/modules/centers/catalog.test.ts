import { beforeAll, describe, expect, test } from 'vitest';
import * as centers from '../../../functions/centers/handler.ts';
import { calendarYearItem, offeringItem } from '../../../functions/centers/index.ts';
import { keys } from '../../../shared/table/keys.ts';
import { put } from '../../../shared/table/write.ts';
import { center, room } from '../../support/builders.ts';
import { cityOf } from '../../support/invoke.ts';
import { tenants } from '../../support/tenants.ts';

const city = cityOf(centers);

beforeAll(async () => {
  const [tenantId] = tenants();
  await center('yuhu');
  await center('mulan', { exceptions: { '2026-03-03': { hours: [] } } });
  await center('elsewhere', {}, tenants()[1]);
  await room('yuhu', 'room-201');
  const offeringId = 'yuhu.center.four-thirty';
  const item = offeringItem.parse({
    offeringId,
    centerId: 'yuhu',
    providerId: 'center',
    providerName: { zh: '玉湖新城邻里中心', en: 'Yuhu' },
    service: 'childcare',
    title: { zh: '四点半课堂', en: 'Four-thirty class' },
    minAgeYears: 6,
    maxAgeYears: 12,
    grossPriceFen: 2_000,
    residentPriceFen: 0,
    fundingMode: 'welfare',
  });
  await put({ key: keys.centers.offering(tenantId, offeringId), item });
  const day = { kind: 'holiday', name: { zh: '元旦', en: 'New Year’s Day' }, source: 'a test' };
  const calendar = calendarYearItem.parse({ year: '2027', days: { '2027-01-01': day } });
  await put({ key: keys.centers.calendarYear(tenantId, '2027'), item: calendar });
});

describe('centers', () => {
  test('anybody sees the centers of their own city', async () => {
    const { status, body, headers } = await city.get('/v1/centers');
    expect(status).toBe(200);
    expect(body.centers.map(({ centerId }: { centerId: string }) => centerId)).toEqual(['mulan', 'yuhu']);
    expect(body.centers[1]).not.toHaveProperty('weekly');
    const again = await city.get('/v1/centers', { headers: { 'if-none-match': headers['etag'] ?? '' } });
    expect(again.status).toBe(304);
  });

  test('a center comes with its rooms and offerings', async () => {
    const { body } = await city.get('/v1/centers/yuhu');
    expect(body.center.name.zh).toBe('yuhu中心');
    expect(body.rooms).toMatchObject([{ roomId: 'yuhu.room-201', bookable: true }]);
    expect(body.offerings).toMatchObject([{ offeringId: 'yuhu.center.four-thirty', minAgeYears: 6 }]);
  });

  test('a center of another city, or of none, is not found', async () => {
    for (const path of ['/v1/centers/elsewhere', '/v1/centers/elsewhere/opening?from=2026-03-01', '/v1/centers/No']) {
      expect((await city.get(path)).body).toMatchObject({ status: 404, code: 'not-found' });
    }
  });
});

describe('the opening calendar', () => {
  const opening = (query: string, centerId = 'yuhu') => city.get(`/v1/centers/${centerId}/opening?${query}`);

  test('gives weekday hours on the make-up workday of 14 February 2026 and none on the 16th', async () => {
    const { body } = await opening('from=2026-02-13&to=2026-02-16');
    expect(body.days.map(({ reason, hours }: { reason: string; hours: unknown[] }) => [reason, hours.length])).toEqual([
      ['regular', 1],
      ['workday', 1],
      ['holiday', 0],
      ['holiday', 0],
    ]);
  });

  test('covers a week unless told, and honors exceptions', async () => {
    const { body } = await opening('from=2026-03-02', 'mulan');
    expect(body.days).toHaveLength(7);
    expect(body.days[1]).toEqual({ date: '2026-03-03', hours: [], reason: 'exception' });
  });

  test('crosses into a year that only the city’s own calendar knows', async () => {
    const { body } = await opening('from=2026-12-31&to=2027-01-02');
    expect(body.days.map(({ reason }: { reason: string }) => reason)).toEqual(['regular', 'holiday', 'regular']);
    expect(body.days[2].note.zh).toContain('2027 年节假日安排尚未载入');
  });

  test.each([
    ['from=2026-02-30', 'query.from'],
    ['from=2026-03-02&to=2026-03-01', 'query.to'],
    ['from=2026-03-02&to=2026-06-30', 'query.to'],
    ['from=2026-03-02&until=2026-03-03', 'query.until'],
  ])('refuses %s by naming %s', async (query, at) => {
    const { status, body } = await opening(query);
    expect(status).toBe(422);
    expect(body.fields.map((field: { at: string }) => field.at)).toContain(at);
  });
});
