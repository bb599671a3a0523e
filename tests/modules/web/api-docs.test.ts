import { execFileSync } from 'node:child_process';
import { describe, expect, test } from 'vitest';
import { readNamedSchemas } from '../../../infra/named-schemas.ts';
import { api } from '../../../shared/contracts/api.ts';
import { openApiDocument } from '../../../shared/http/openapi.ts';
import { curlOf } from '../../../web/src/features/help/curl.ts';
import { findOperations, type Operation, readDocument } from '../../../web/src/features/help/openapi.ts';

const { areas } = readDocument(openApiDocument(api, await readNamedSchemas()));
const operations = areas.flatMap((area) => area.operations);

function operationNamed(name: string): Operation {
  const found = operations.find(({ id }) => id === name);
  if (!found) throw new Error(`no operation ${name}`);
  return found;
}

describe('the page of the API', () => {
  test('has every operation of the contracts once, with its answer and its refusals', () => {
    const declared = Object.values(api).flatMap((area) => Object.keys(area));
    expect(operations.map(({ id }) => id).toSorted()).toEqual(declared.toSorted());
    for (const { id, answers, refusals } of operations) {
      expect(answers, id).toHaveLength(1);
      expect(refusals, id).toContain('internal');
    }
    const { auth, refusals, body, parameters } = operationNamed('bookRoom');
    expect(auth).toBe('bearer');
    expect(refusals).toEqual(expect.arrayContaining(['slot-taken', 'not-signed-in', 'idempotency-key-reused']));
    expect(body?.schema).toEqual({ $ref: '#/components/schemas/RoomBookingRequest' });
    expect(parameters.map(({ name }) => name)).toEqual(['roomId', 'Idempotency-Key']);
  });

  const found = (typed: string) => findOperations(areas, typed).flatMap((area) => area.operations.map(({ id }) => id));

  test.each([
    ['a name', 'bookroom', ['bookRoom']],
    ['a code and a word', 'ROOM slot-taken', ['bookRoom']],
    ['Chinese words', '取消预约 重复取消', ['cancelBooking']],
    ['a path', '/v1/rooms/', ['readAvailability', 'bookRoom']],
    ['nothing there is', 'teleport', []],
  ])('is searched by %s', (_, typed, wanted) => {
    expect(found(typed)).toEqual(wanted);
  });

  test('shows everything when nothing is asked', () => {
    expect(found('  ')).toHaveLength(operations.length);
  });
});

describe('a request for the shell', () => {
  test('has sign-in, key, body and the values of the examples', () => {
    expect(curlOf(operationNamed('bookRoom'), 'https://city.example')).toBe(
      [
        `curl -X POST 'https://city.example/v1/rooms/yuhu.studio/bookings'`,
        `-H "Authorization: Bearer $TOKEN"`,
        `-H "Idempotency-Key: $(uuidgen)"`,
        `-H 'Content-Type: application/json'`,
        `-d '{\n  "date": "2026-03-04",\n  "startsAt": "14:00",\n  "endsAt": "16:00",\n  "purpose": "社区合唱团排练"\n}'`,
      ].join(' \\\n  '),
    );
  });

  test('asks for what must be asked, and shows the version it changes', () => {
    expect(curlOf(operationNamed('readStatement'), '')).toMatch(/statement\?month=\d{4}-\d\d'/);
    expect(curlOf(operationNamed('changeCityRules'), '')).toContain(`-H 'If-Match: "7"'`);
    expect(curlOf(operationNamed('enterDoor'), '')).toContain('Bearer $KEY');
    expect(curlOf(operationNamed('listCenters'), '')).toBe(`curl '/v1/centers'`);
  });

  test('is read by a shell as one command with the example as it stands', () => {
    const operation = operationNamed('bookRoom');
    const purpose = 'it\'s "$HOME" `id`';
    const command = curlOf(
      { ...operation, body: { type: 'application/json', required: true, example: { purpose } } },
      '',
    );
    const read = execFileSync('sh', ['-c', `uuidgen() { echo k1; }; curl() { printf '%s\\n' "$@"; }; ${command}`]);
    expect(read.toString()).toContain(JSON.stringify({ purpose }, null, 2));
  });
});
