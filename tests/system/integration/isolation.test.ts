import { randomUUID } from 'node:crypto';
import { ScanCommand, type ScanCommandOutput } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { canonicalJson } from '../../../shared/kernel/ids.ts';
import { tableClient, tableName } from '../../../shared/table/client.ts';
import { type Someone, someone } from '../../support/builders.ts';
import { eventually, startTestCity } from '../../support/city.ts';
import { tenants } from '../../support/tenants.ts';
import { deployedOperations } from './openapi.ts';
import { requests } from './requests/index.ts';
import type { Request } from './requests/request.ts';
import { names, newScene, type Officials, peopledCity, type Scene } from './scene.ts';

const city = await startTestCity();
afterAll(() => city.stop());
const [ours, theirs] = tenants();
const { operations } = await deployedOperations(city);

let officials: Officials;
/** One meaningful request for every route, each about a child of our city and what is around it. */
const asked = new Map<string, Asked>();
/** People of the other city, up to the one who may do most there; a center and an operator there may well have the names of ours. */
let outsiders: Readonly<Record<string, Someone>>;

beforeAll(async () => {
  officials = await peopledCity();
  for (const { key } of operations) {
    const scene = await newScene();
    const request = await requests[key]?.({ city, scene, officials });
    if (request) asked.set(key, { ...request, scene });
  }
  outsiders = {
    'a resident': await someone({ tenantId: theirs }),
    'staff of a center of the same name': await someone({
      tenantId: theirs,
      posts: [{ kind: 'center-staff', centerId: 'yuhu' }],
    }),
    'staff of an operator of the same name': await someone({
      tenantId: theirs,
      posts: [{ kind: 'operator-staff', operatorId: 'op-a' }],
    }),
    'a bureau officer': await someone({ tenantId: theirs, posts: [{ kind: 'bureau-officer', bureau: 'health' }] }),
    'the platform admin': await someone({ tenantId: theirs, posts: [{ kind: 'platform-admin' }] }),
  };
});

/** Everything our city holds, item by item, but for the notes of messages on their way: those are of our own people's doing, and slow. */
async function ourCity(): Promise<Record<string, string>> {
  const items: Record<string, string> = {};
  let after: ScanCommandOutput['LastEvaluatedKey'];
  do {
    const page: ScanCommandOutput = await tableClient().send(
      new ScanCommand({
        TableName: tableName(),
        FilterExpression: 'begins_with(pk, :ours) AND NOT begins_with(pk, :sent)',
        ExpressionAttributeValues: { ':ours': { S: `${ours}#` }, ':sent': { S: `${ours}#SENT#` } },
        ExclusiveStartKey: after,
      }),
    );
    for (const item of page.Items ?? []) items[`${item['pk']?.S} ${item['sk']?.S}`] = canonicalJson(item);
    after = page.LastEvaluatedKey;
  } while (after);
  return items;
}

/** Our city once rows are written and messages are sent, and nothing moves in it any more. */
async function atRest(): Promise<Record<string, string>> {
  let last = await ourCity();
  return eventually(
    'nothing moves any more',
    30_000,
    async () => {
      const before = last;
      last = await ourCity();
      return canonicalJson(before) === canonicalJson(last) ? last : undefined;
    },
    1_500,
  );
}

type Asked = Request & { readonly scene: Scene };

/** What must never be read in the other city: names of ours, and ids that the request itself did not say. */
function leaksIn(text: string, { path, body, scene }: Asked): string[] {
  const said = `${path} ${JSON.stringify(body)}`;
  const secrets = [...Object.values(names), ...idsOf(scene)];
  return secrets.filter((secret) => text.includes(secret) && !said.includes(secret));
}

const idsOf = ({ child, guardian, stranger, newcomer, householdId, grantId, roomId, sessionId }: Scene): string[] => [
  child.personId,
  guardian.personId,
  guardian.phone,
  stranger.personId,
  newcomer.personId,
  householdId,
  grantId,
  roomId,
  sessionId,
];

function askedFor(key: string): Asked {
  const request = asked.get(key);
  if (!request) throw new Error(`no request for ${key}`);
  return request;
}

const send = (key: string, as: Someone | undefined, tenantId?: string) => {
  const { path, scene: _, ...call } = askedFor(key);
  const [method = ''] = key.split(' ');
  return city.call(method, path, { ...call, ...(tenantId ? { tenantId } : {}), as, idempotencyKey: randomUUID() });
};

describe('another city', () => {
  test('neither reads nor changes anything of ours, whoever asks and whatever is asked', async () => {
    const before = await atRest();
    const wrong: string[] = [];
    for (const [who, as] of Object.entries(outsiders)) {
      for (const { key } of operations) {
        const request = askedFor(key);
        const { status, text } = await send(key, as);
        if (status >= 500) wrong.push(`${who} ${key}: ${status} ${text}`);
        const leaks = leaksIn(text, request);
        if (leaks.length > 0) wrong.push(`${who} ${key}: reads ${leaks}`);
        // Where a path names something of ours, there is nothing for them, however much they may do at home.
        const aboutOurs = idsOf(request.scene).some((id) => request.path.includes(id));
        if (aboutOurs && status < 400) wrong.push(`${who} ${key}: ${status}`);
      }
    }
    expect(wrong).toEqual([]);
    expect(await atRest(), 'our city is as it was').toEqual(before);
  });

  test('does not open to our people at its own address, nor ours to theirs', async () => {
    for (const { key } of operations) {
      for (const [as, tenantId] of [
        [officials.admin, theirs],
        [outsiders['the platform admin'], ours],
      ] as const) {
        const { status, body } = await send(key, as, tenantId);
        expect([key, status, body?.code]).toEqual([key, 401, 'not-signed-in']);
      }
    }
  });

  test('shows its own public pages at its own address, and none of ours', async () => {
    expect((await city.get('/v1/centers', { tenantId: theirs })).body).toEqual({ centers: [] });
    expect((await city.get('/v1/centers', { tenantId: ours })).body.centers).toHaveLength(2);
    for (const { key } of operations.filter(({ isPublic }) => isPublic)) {
      const { text } = await send(key, undefined, theirs);
      expect(leaksIn(text, askedFor(key)), key).toEqual([]);
    }
  });
});
