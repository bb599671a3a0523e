import { randomUUID } from 'node:crypto';
import { beforeAll, expect, test } from 'vitest';
import * as bookings from '../../../functions/bookings/handler.ts';
import * as people from '../../../functions/people/handler.ts';
import * as sessions from '../../../functions/sessions/handler.ts';
import { center, type Someone, session, someone } from '../../support/builders.ts';
import { cityOf, setClock } from '../../support/invoke.ts';

const city = cityOf(sessions, bookings, people);
let elder: Someone;
let path: string;

beforeAll(async () => {
  setClock('2026-03-02T01:00:00Z');
  await center('yuhu');
  elder = await someone({ name: '示例长者' });
  const body = { sessionIds: [await session('yuhu', '2026-03-03')], beneficiaryIds: [elder.personId] };
  const answer = await city.post('/v1/session-bookings', { as: elder, idempotencyKey: randomUUID(), body });
  path = `/v1/people/${elder.personId}/bookings/${answer.body.bookings[0].bookingId}`;
});

const reads = async () => (await city.get(`/v1/people/${elder.personId}/reads`, { as: elder })).body.reads;

test('a booking says whose it is; looking at one’s own leaves no trace', async () => {
  expect((await city.get(path, { as: elder })).body.booking.beneficiaryName).toBe('示例长者');
  expect(await reads()).toEqual([]);
});

test('staff of its center may look, for the slip, and the person sees that they did', async () => {
  const staff = await someone({ name: '工作人员', posts: [{ kind: 'center-staff', centerId: 'yuhu' }] });
  expect((await city.get(path, { as: staff })).body.booking.beneficiaryName).toBe('示例长者');
  expect(await reads()).toMatchObject([{ as: 'center-staff', what: 'slip yuhu', byName: '工作人员' }]);
});

test('staff of another center and strangers learn nothing', async () => {
  for (const one of [await someone(), await someone({ posts: [{ kind: 'center-staff', centerId: 'mulan' }] })]) {
    expect((await city.get(path, { as: one })).body.code).toBe('no-authority');
  }
});
