import * as fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import * as z from 'zod';
import { problemCatalog } from '../../../shared/kernel/problem-catalog.ts';
import { center, operator, room, type Someone, session, someone } from '../../support/builders.ts';
import { startTestCity } from '../../support/city.ts';
import type { Answer, Call } from '../../support/invoke.ts';
import { newCardNumber } from '../../support/residents.ts';
import { seedsOf } from '../../support/seeds.ts';
import { broken, type Known, nonsense, type Schema, valid } from './arbitraries.ts';
import { deployedOperations, type Operation } from './openapi.ts';

const seeds = seedsOf(20260302);
/** Requests for each route and seed. */
const RUNS = 15;

const city = await startTestCity();
afterAll(() => city.stop());
const { operations, problem: problemSchema } = await deployedOperations(city);

type Converted = Parameters<typeof z.fromJSONSchema>[0];
const schemaFor = (schema: Schema): z.ZodType => z.fromJSONSchema(schema as Converted);
const problem = schemaFor(problemSchema);

/** A small city: a family, a desk, and whoever stands above. */
async function populate(): Promise<{ known: Known; callers: readonly (Someone | undefined)[] }> {
  await center('yuhu');
  const child = await someone({ name: '小明', birthDate: '2018-06-01' });
  const parent = await someone({ name: '陈大明', birthDate: '1988-01-01', guardianOf: [child] });
  const staff = await someone({ posts: [{ kind: 'center-staff', centerId: 'yuhu' }] });
  const admin = await someone({ posts: [{ kind: 'platform-admin' }] });
  const days = ['2026-03-02', '2026-03-03', '2026-03-04'];
  const sessionIds = await Promise.all(days.map((date) => session('yuhu', date, { slug: 'class' })));
  const booked = await city.post('/v1/session-bookings', {
    as: parent,
    body: { sessionIds: [sessionIds[2]], beneficiaryIds: [child.personId] },
  });
  const household = await city.post('/v1/households', { as: parent, body: { name: '陈家' } });
  const drawn = await session('yuhu', '2026-03-20', { slug: 'drawn' });
  const round = await city.post('/v1/rounds', {
    as: staff,
    body: {
      title: { zh: '春季抽签', en: 'Spring round' },
      opensAt: '2026-03-01T00:00:00Z',
      closesAt: '2026-03-09T00:00:00Z',
      drawsAt: '2026-03-10T00:00:00Z',
      sessionIds: [drawn],
      groups: [{ groupId: 'neighbors', name: { zh: '本社区居民', en: 'Neighbors' } }],
    },
  });
  const { roundId } = round.body.round;
  const applied = await city.post(`/v1/rounds/${roundId}/applications`, {
    as: parent,
    body: { childIds: [child.personId], wishes: [drawn], groupId: 'neighbors' },
  });
  const known = {
    roundId: [String(roundId)],
    applicationId: [String(applied.body.application.applicationId)],
    groupId: ['neighbors'],
    wishes: [drawn],
    opensAt: ['2026-03-01T00:00:00Z'],
    closesAt: ['2026-03-09T00:00:00Z'],
    drawsAt: ['2026-03-10T00:00:00Z'],
    centerId: ['yuhu'],
    roomId: [await room('yuhu')],
    operatorId: [await operator('op-a')],
    sessionId: sessionIds,
    personId: [child, parent, staff].map(({ personId }) => personId),
    bookingId: [String(booked.body.bookings[0].bookingId)],
    householdId: [String(household.body.householdId)],
    date: days,
    code: [String(booked.body.bookings[0].shortCode)],
    startsAt: ['09:00', '10:00'],
    endsAt: ['11:00', '12:00'],
    phone: ['13900000001', '+8613900000002'],
    holderPhone: ['13900000001'],
    cardNumber: [newCardNumber('1950-05-05'), newCardNumber('2019-01-01')],
    birthDate: ['1950-05-05', '2019-01-01'],
    name: ['林小满'],
    reason: ['本人来电'],
    purpose: ['排练'],
  };
  return { known, callers: [admin, staff, parent, child, undefined] };
}
const { known, callers } = await populate();

type Request = { readonly path: string; readonly call: Call };

const textOf = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value));
const inPath = (value: unknown): string => encodeURIComponent(textOf(value).replace(/\p{Surrogate}/gu, '')) || '-';

/** Requests for one route: mostly as its contract wants them, some broken, from anybody. */
function requestsFor({ method, path, parameters, body }: Operation): fc.Arbitrary<Request> {
  const place = (name: 'path' | 'query') => parameters.filter((parameter) => parameter.in === name);
  const value = (schema: Schema, name: string) =>
    fc.oneof({ weight: 9, arbitrary: valid(schema, known, name) }, { weight: 1, arbitrary: nonsense });
  const pathValues = fc.record(
    Object.fromEntries(place('path').map(({ name, schema }) => [name, value(schema, name)])),
  );
  const query = fc.record(Object.fromEntries(place('query').map(({ name, schema }) => [name, value(schema, name)])), {
    requiredKeys: [],
  });
  const bodies = body
    ? fc.oneof(
        { weight: 6, arbitrary: valid(body, known) },
        { weight: 3, arbitrary: broken(body, known) },
        { weight: 1, arbitrary: fc.constantFrom('{', '', '"text', '[1,', '\u0000') },
      )
    : fc.constant(undefined);
  const key = fc.oneof(
    { weight: 8, arbitrary: fc.constantFrom(undefined, 'one', 'another') },
    { weight: 1, arbitrary: fc.constantFrom('ключ', ' ', 'k'.repeat(200)) },
  );
  return fc
    .record({
      pathValues,
      query,
      body: bodies,
      as: fc.constantFrom(...callers),
      key,
      ifMatch: fc.constantFrom('"1"', '"2"', 'x'),
    })
    .map(({ pathValues, query, body, as, key, ifMatch }) => {
      const filled = path.replace(/\{(\w+)\}/g, (_, name: string) => inPath(pathValues[name]));
      const search = new URLSearchParams(Object.entries(query).map(([name, given]) => [name, textOf(given)]));
      const headers = key === undefined ? {} : { 'idempotency-key': Buffer.from(key).toString('latin1') };
      return {
        path: search.size > 0 ? `${filled}?${search}` : filled,
        call: { as, headers, ...(body === undefined ? {} : { body }), ...(method === 'PATCH' ? { ifMatch } : {}) },
      };
    });
}

/** A request as the contract wants it, from someone who is signed in. */
function wellFormed({ method, path, parameters, body }: Operation): fc.Arbitrary<Request> {
  const values = fc.record(
    Object.fromEntries(parameters.map(({ name, schema }) => [name, valid(schema, known, name)])),
  );
  return fc.record({ values, body: body ? valid(body, known) : fc.constant(undefined) }).map(({ values, body }) => {
    const filled = path.replace(/\{(\w+)\}/g, (_, name: string) => inPath(values[name]));
    const query = parameters.filter((parameter) => parameter.in === 'query' && parameter.required);
    const search = new URLSearchParams(query.map(({ name }) => [name, textOf(values[name])]));
    return {
      path: search.size > 0 ? `${filled}?${search}` : filled,
      call: {
        as: callers[0],
        ...(body === undefined ? {} : { body }),
        ...(method === 'PATCH' ? { ifMatch: '"1"' } : {}),
      },
    };
  });
}

/** The codes that the document names for a status. */
function namedCodes({ responses }: Operation, status: number): string[] {
  const { allOf = [] } = responses[status]?.content?.['application/problem+json']?.schema ?? {};
  return (allOf.at(-1)?.properties?.['code']?.enum ?? []).map(String);
}

/** What holds for every answer, whatever was asked. */
function checkAnswer(operation: Operation, { status, headers, body, text }: Answer): void {
  expect(headers['trace-id']).toMatch(/^[\da-f]{32}$/);
  expect(headers).toMatchObject({
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
    'cache-control': expect.any(String),
  });
  expect(headers['strict-transport-security']).toMatch(/^max-age=\d{7,}/);
  expect(headers).not.toHaveProperty('x-powered-by');
  if (status >= 400) {
    expect(status, text).toBeLessThan(500);
    expect(headers['content-type']).toBe('application/problem+json; charset=utf-8');
    expect(problem.safeParse(body).error, text).toBeUndefined();
    expect(body).toMatchObject({ status, type: `/problems/${body.code}`, traceId: headers['trace-id'] });
    expect(problemCatalog).toHaveProperty(body.code);
    expect(namedCodes(operation, status), 'codes that the document names').toContain(body.code);
    return;
  }
  const response = operation.responses[status];
  expect(Object.keys(operation.responses), 'statuses that the document names').toContain(String(status));
  if (status === 204) {
    expect(text).toBe('');
    return;
  }
  const [mediaType = '', content] = Object.entries(response?.content ?? {})[0] ?? [];
  expect(headers['content-type']).toBe(`${mediaType}; charset=utf-8`);
  if (content && mediaType === 'application/json') {
    expect(schemaFor(content.schema).safeParse(body).error, text).toBeUndefined();
  }
}

describe.each(operations)('$key', (operation) => {
  test.each(seeds)('answers whatever is sent by its contract, and never fails: seed %i', async (seed) => {
    await fc.assert(
      fc.asyncProperty(requestsFor(operation), async ({ path, call }) => {
        checkAnswer(operation, await city.call(operation.method, path, call));
      }),
      { seed, numRuns: RUNS },
    );
  });

  test('refuses fields and parameters that it does not know', async () => {
    const [request] = fc.sample(wellFormed(operation), { seed: seeds[0] ?? 0, numRuns: 1 });
    if (!request) throw new Error('no request');
    const { path, call } = request;
    const asked = operation.parameters.some((parameter) => parameter.in === 'query');
    if (asked) {
      const answer = await city.call(operation.method, `${path}${path.includes('?') ? '&' : '?'}surplus=1`, call);
      expect(answer.status, answer.text).toBe(422);
      expect(answer.body.fields).toContainEqual(
        expect.objectContaining({ at: 'query.surplus', rule: 'unknown-field' }),
      );
    }
    if (operation.body) {
      const body = { ...(call.body as object), surplus: 1 };
      // Where a key is required, its absence would be refused first.
      const answer = await city.call(operation.method, path, { ...call, body, idempotencyKey: 'surplus' });
      expect(answer.status, answer.text).toBe(422);
      expect(answer.body.fields).toContainEqual(expect.objectContaining({ at: 'body.surplus', rule: 'unknown-field' }));
    }
  });
});

test('a body in another media type, one too large, and one that is no JSON are each refused as what they are', async () => {
  const [as] = callers;
  const send = (body: string, contentType = 'application/json') =>
    city.post('/v1/session-bookings', { as, body, headers: { 'content-type': contentType } });
  expect((await send('a=1', 'application/x-www-form-urlencoded')).body.code).toBe('unsupported-media-type');
  expect((await send(JSON.stringify({ reason: 'x'.repeat(300_000) }))).body.code).toBe('too-large');
  expect((await send('{"sessionIds":')).body.code).toBe('bad-json');
});

test('a trace that comes with a request goes on in its answer', async () => {
  const traceId = '0af7651916cd43dd8448eb211c80319c';
  const headers = { traceparent: `00-${traceId}-b7ad6b7169203331-01` };
  expect((await city.get('/v1/centers', { headers })).headers['trace-id']).toBe(traceId);
  expect((await city.get('/v1/me', { headers })).body.traceId).toBe(traceId);
});

test('what has not changed is not sent again', async () => {
  const first = await city.get('/v1/centers/yuhu');
  const again = await city.get('/v1/centers/yuhu', { headers: { 'if-none-match': first.headers['etag'] ?? '' } });
  expect([again.status, again.text]).toEqual([304, '']);
});
