import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createConfig, lintFromString } from '@redocly/openapi-core';
import spectral, { type RulesetDefinition } from '@stoplight/spectral-core';
import spectralRules from '@stoplight/spectral-rulesets';
import { describe, expect, onTestFinished, test } from 'vitest';
import { readNamedSchemas } from '../../../infra/named-schemas.ts';
import { api } from '../../../shared/contracts/api.ts';
import type { Endpoint } from '../../../shared/contracts/endpoint.ts';
import { openApiDocument, problemsOf } from '../../../shared/http/openapi.ts';
import { generateClient } from '../../support/generated-client.ts';

type Json = Readonly<Record<string, unknown>>;
type Media = { readonly schema: Json; readonly example?: unknown };
type Response = { readonly $ref?: string; readonly content?: Readonly<Record<string, Media>>; readonly headers?: Json };
type Operation = {
  readonly operationId: string;
  readonly 'x-summary-zh': string;
  readonly parameters: readonly { readonly name?: string; readonly in?: string; readonly example?: unknown }[];
  readonly requestBody?: { readonly content: Readonly<Record<string, Media>> };
  readonly responses: Readonly<Record<string, Response>>;
};
type Document = {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: {
    readonly schemas: Readonly<Record<string, Json>>;
    readonly responses: Readonly<Record<string, Response>>;
  };
};

const document = openApiDocument(api, await readNamedSchemas()) as Document;
const endpoints = Object.values(api).flatMap((area) => Object.entries<Endpoint>(area));
const operationOf = ({ path, method }: Endpoint) => document.paths[path]?.[method.toLowerCase()];

const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Every object in a value, but not in its examples. */
function* objectsIn(value: unknown): Generator<Json> {
  if (Array.isArray(value)) for (const one of value) yield* objectsIn(one);
  else if (isObject(value)) {
    yield value;
    for (const [name, one] of Object.entries(value)) if (!/^examples?$/.test(name)) yield* objectsIn(one);
  }
}

describe('an example', () => {
  test.each(endpoints)('of %s is what its contract takes and gives', (_, endpoint) => {
    const operation = operationOf(endpoint);
    if (endpoint.body) {
      const sent = operation?.requestBody?.content['application/json']?.example;
      expect(endpoint.body.safeParse(sent).error, JSON.stringify(sent)).toBeUndefined();
    }
    for (const [status, schema] of Object.entries(endpoint.answers)) {
      if (status === '204' || endpoint.answerType) continue;
      const given = operation?.responses[status]?.content?.['application/json']?.example;
      const parsed = schema.safeParse(given);
      expect(parsed.error, JSON.stringify(given)).toBeUndefined();
      expect(parsed.data, 'nothing unnamed').toEqual(given);
    }
    for (const [place, schema] of [
      ['path', endpoint.pathParams],
      ['query', endpoint.query],
    ] as const) {
      const parameters = operation?.parameters.filter((parameter) => parameter.in === place) ?? [];
      const values = Object.fromEntries(parameters.map(({ name = '', example }) => [name, example]));
      if (schema) expect(schema.safeParse(values).error, JSON.stringify(values)).toBeUndefined();
    }
  });
});

describe('the schemas', () => {
  test('stand in the document once, by name', () => {
    const { schemas } = document.components;
    // What is sent may differ from what is answered in a default alone; then both stand there.
    const roots = Object.entries(schemas).filter(([name]) => !name.endsWith('Input'));
    const tops = new Set<unknown>(roots.map(([, schema]) => schema));
    const times = new Map<string, number>();
    for (const part of objectsIn([roots, document.paths])) {
      const fields = isObject(part['properties']) ? Object.keys(part['properties']).length : 0;
      if (part['type'] !== 'object' || fields < 2 || tops.has(part)) continue;
      const text = JSON.stringify(part);
      times.set(text, (times.get(text) ?? 0) + 1);
    }
    expect([...times].filter(([, count]) => count > 1).map(([text]) => text)).toEqual([]);
    expect(times.size).toBeLessThan(70);
    expect(schemas).toMatchObject({ Booking: {}, Session: {}, Person: {}, Problem: {} });
  });

  test('say what their doc comments say', () => {
    expect(document.components.schemas).toMatchObject({
      Booking: {
        description: 'A place or a stretch of a room that somebody has.',
        properties: { byStaff: { description: "True when staff booked it on the beneficiary's behalf." } },
      },
      // Also of what it extends, and of what it takes from others.
      ClosureRow: { properties: { party: { description: expect.stringMatching(/^How many of one order/) } } },
      Series: {
        properties: { follows: { description: expect.stringMatching(/^The series that this one was cut from/) } },
      },
    });
  });
});

/** The codes that one response can carry. */
function codesOf({ $ref, content }: Response): string[] {
  if ($ref) return codesOf(document.components.responses[$ref.split('/').at(-1) ?? ''] ?? {});
  const parts = content?.['application/problem+json']?.schema['allOf'];
  const code = [...objectsIn(parts)].map((part) => part['enum']).filter(Array.isArray);
  return code.flat().map(String);
}

describe('the refusals', () => {
  test.each(endpoints)('of %s are an enum for each status', (_, endpoint) => {
    const { responses = {} } = operationOf(endpoint) ?? {};
    const refused = Object.entries(responses).filter(([status]) => status >= '400');
    expect(refused.flatMap(([, response]) => codesOf(response)).sort()).toEqual(
      [...problemsOf(endpoint), 'try-again', 'internal'].sort(),
    );
  });
});

/* Both linters as libraries: in one process, with no word to anybody. */
describe('the linters have nothing to say', () => {
  const wrong = {
    ...structuredClone(document),
    info: { title: 'Nobody’s', version: '1' },
    servers: [{ url: 'https://example.com/' }],
  };

  async function spectralSays(checked: object): Promise<string[]> {
    const linter = new spectral.Spectral();
    linter.setRuleset({ extends: [[spectralRules.oas as RulesetDefinition, 'recommended']] });
    const said = await linter.run(structuredClone(checked) as Record<string, unknown>);
    return said.map(({ code, path, message }) => `${code} ${path.join('/')}: ${message}`);
  }

  async function redoclySays(checked: object): Promise<string[]> {
    const config = await createConfig({ extends: ['recommended'] });
    const said = await lintFromString({ source: JSON.stringify(checked), absoluteRef: '/openapi.json', config });
    return said.map(({ ruleId, location, message }) => `${ruleId} ${location[0]?.pointer}: ${message}`);
  }

  test('spectral:oas', async () => {
    expect(await spectralSays(document)).toEqual([]);
  });

  test('redocly, recommended', async () => {
    expect(await redoclySays(document)).toEqual([]);
  });

  test('but they would', async () => {
    expect(await spectralSays({ ...wrong, paths: {} })).toContainEqual(expect.stringMatching(/^info-contact/));
    expect(await redoclySays({ ...wrong, paths: {} })).toContainEqual(expect.stringMatching(/^info-license/));
  });
});

describe('a generated client', () => {
  const use = `
    import { type Booking, type BookRoomProblem, bookRoom } from './client.ts';

    /** Books the studio, or says that somebody was faster. */
    export async function bookStudio(): Promise<Booking | 'taken'> {
      const answer = await bookRoom(
        'yuhu.studio',
        { date: '2026-03-04', startsAt: '14:00', endsAt: '16:00', purpose: 'Choir' },
        { idempotencyKey: 'one' },
      );
      if (answer.status === 201) return answer.data.booking;
      if (answer.status === 409 && answer.data.code === 'slot-taken') return 'taken';
      throw new Error('detail' in answer.data ? answer.data.detail : 'another time');
    }

    export const state = (booking: Booking): 'held' | 'booked' | undefined =>
      booking.state === 'held' || booking.state === 'booked' ? booking.state : undefined;
    export const refusals: BookRoomProblem['code'][] = ['slot-taken', 'off-grid', 'not-signed-in'];
    // @ts-expect-error booking a room is never refused for that
    export const another: BookRoomProblem['code'] = 'session-full';
    // @ts-expect-error a booking has no such state
    export const never = (booking: Booking) => booking.state === 'lost';
  `;

  test('reads as if somebody had written it, and books with a typed Booking', async () => {
    const client = await generateClient(document);
    onTestFinished(client.remove);
    const { folder, source } = client;
    expect(source).toContain('export type Booking = {\n    bookingId: BookingId;');
    expect(source).toContain('export function bookRoom(roomId: RoomId, roomBookingRequest: RoomBookingRequest,');
    writeFileSync(join(folder, 'use.ts'), use);
    const options = ['--noEmit', '--strict', '--skipLibCheck', '--allowImportingTsExtensions'];
    const target = ['--target', 'es2024', '--module', 'nodenext', '--types', ''];
    const said = () =>
      execFileSync('node_modules/.bin/tsc', [...options, ...target, 'use.ts'], { cwd: folder, encoding: 'utf8' });
    expect(said()).toBe('');
  });
});
