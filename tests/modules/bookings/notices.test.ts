import { randomUUID } from 'node:crypto';
import type { Context, DynamoDBStreamEvent } from 'aws-lambda';
import { beforeAll, beforeEach, expect, test } from 'vitest';
import * as bookings from '../../../functions/bookings/handler.ts';
import { releaseOverdueOrders } from '../../../functions/bookings/schedule.ts';

import { templateCallFor, textOf } from '../../../functions/messages/notices.ts';

import * as sessions from '../../../functions/sessions/handler.ts';
import { handler } from '../../../functions/stream/handler.ts';
import { asSystem } from '../../../shared/access/authorize.ts';
import type { OfferingPolicy } from '../../../shared/contracts/policy.ts';
import { clockNow } from '../../../shared/kernel/clock.ts';
import { message } from '../../../shared/messages/message.ts';
import { center, offering, type Someone, session, someone } from '../../support/builders.ts';
import { cityOf, setClock, tenants, wait } from '../../support/invoke.ts';
import { takeMessages } from '../../support/messages.ts';
import { streamRecords } from '../../support/stream.ts';

const city = cityOf(sessions, bookings);
const DATE = '2026-03-06';
const system = () => asSystem(tenants()[0], clockNow());
let children: Someone[];
let parent: Someone;

beforeAll(async () => {
  await center('yuhu');
});
beforeEach(async () => {
  setClock('2026-03-02T01:00:00Z');
  children = [
    await someone({ name: '小满', birthDate: '2015-01-01' }),
    await someone({ name: '小雨', birthDate: '2018-01-01' }),
  ];
  parent = await someone({ guardianOf: children });
});

async function classWith(policy: OfferingPolicy, capacity = 10): Promise<string> {
  const slug = `class-${randomUUID().slice(0, 8)}`;
  await offering('yuhu', slug, { residentPriceFen: 2500, policy });
  return session('yuhu', DATE, { slug, residentPriceFen: 2500, capacity });
}

const bookBoth = (as: Someone, people: readonly Someone[], sessionId: string, ifFull?: 'wait') =>
  city.post('/v1/session-bookings', {
    as,
    body: {
      sessionIds: [sessionId],
      beneficiaryIds: people.map(({ personId }) => personId),
      ...(ifFull ? { ifFull } : {}),
    },
  });

/** What the stream's records make somebody be told, delivered twice: the texts of different messages. */
async function told({ personId }: Someone): Promise<string[]> {
  const records = (await streamRecords()).filter((record) =>
    children.some((child) => JSON.stringify(record).includes(child.personId)),
  );
  const event: DynamoDBStreamEvent = { Records: [...records, ...records] };
  expect(await handler(event, {} as Context, () => undefined)).toEqual({ batchItemFailures: [] });
  const sent = (await takeMessages()).map((one) => message.parse(one));
  const own = sent.filter((one) => 'personId' in one && one.personId === personId);
  const different = new Map(own.map((one) => [one.messageId, one]));
  return [...different.values()].map((one) => {
    const { template, parameters } = templateCallFor(one);
    return textOf(template, parameters) ?? '';
  });
}

test('a hold of several places that runs out is told in one message', async () => {
  expect((await bookBoth(parent, children, await classWith({ payment: { withinMinutes: 10 } }))).status).toBe(201);
  expect(await told(parent)).toEqual([]);
  wait(601);
  expect(await releaseOverdueOrders(system())).toBe(1);
  // The rows follow from the places, and what is told follows from the rows.
  expect(await told(parent)).toEqual([]);
  expect(await told(parent)).toEqual([
    `小满、小雨的2项保留已到期，名额已释放：四点半课堂，最早一场${DATE} 16:30。如仍需要请重新预约。`,
  ]);
});

test('a hold of several places that is given up is told in one message', async () => {
  const answer = await bookBoth(parent, children, await classWith({ payment: { withinMinutes: 10 } }));
  expect((await city.post(`/v1/orders/${answer.body.orderId}/decline`, { as: parent })).status).toBe(200);
  expect(await told(parent)).toEqual([`小满、小雨的2项预约已取消：四点半课堂，最早一场${DATE} 16:30。`]);
});

test('places offered to brothers and sisters who waited are told in one message, until when they are kept', async () => {
  const sessionId = await classWith({ offerMinutes: 30 }, 2);
  const others = [await someone(), await someone()];
  const other = await someone({ guardianOf: others });
  const theirs = (await bookBoth(other, others, sessionId)).body.bookings;
  await bookBoth(parent, children, sessionId, 'wait');
  for (const { beneficiaryId, bookingId } of theirs) {
    const at = `/v1/people/${beneficiaryId}/bookings/${bookingId}/cancel`;
    expect((await city.post(at, { as: other })).status).toBe(200);
  }
  expect(await told(parent)).toEqual([]);
  const [text, ...more] = await told(parent);
  expect(text).toMatch(
    /^候补有空位了：小[满雨]、小[满雨]共2个名额，四点半课堂，2026-03-06 16:30。请在2026-03-02 09:3\d前/,
  );
  expect(more).toEqual([]);
});

test('an order of several places is confirmed in one message with what it costs', async () => {
  expect((await bookBoth(parent, children, await classWith({}))).status).toBe(201);
  expect(await told(parent)).toEqual([
    `小满、小雨的2项预约已全部成功：四点半课堂，最早一场${DATE} 16:30，共50.00元。各场预约码见“我的预约”。`,
  ]);
});
