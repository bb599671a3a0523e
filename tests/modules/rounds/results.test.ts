import { beforeAll, expect, test } from 'vitest';
import { deliver } from '../../../functions/messages/commands.ts';
import { templateCallFor, textOf } from '../../../functions/messages/notices.ts';
import { carryOn } from '../../../functions/rounds/schedule.ts';
import { moveRound, readRound } from '../../../functions/rounds/store.ts';
import { asSystem } from '../../../shared/access/authorize.ts';
import { clockNow } from '../../../shared/kernel/clock.ts';
import { message } from '../../../shared/messages/message.ts';
import { center, type Someone, someone } from '../../support/builders.ts';
import { setClock, tenants } from '../../support/invoke.ts';
import { takeMessages } from '../../support/messages.ts';
import { apply, BEFORE, city, drawNow, followStream, freshSessions, openedRound, roundOf } from './support.ts';

const system = () => asSystem(tenants()[0], clockNow());
let staff: Someone;
beforeAll(async () => {
  setClock(BEFORE);
  await center('yuhu', { name: { zh: '玉湖中心', en: 'Yuhu' } });
  staff = await someone({ posts: [{ kind: 'center-staff', centerId: 'yuhu' }] });
});

const childOf = (name: string) => someone({ name, birthDate: '2018-06-01' });

/** What was put on the queue for somebody, as the message and as the text that they read. */
async function told() {
  const messages = (await takeMessages()).map((one) => message.parse(one));
  const textFor = ({ personId }: Someone): string[] =>
    messages.flatMap((one) => {
      if (!('personId' in one) || one.personId !== personId) return [];
      const { template, parameters } = templateCallFor(one);
      return [textOf(template, parameters) ?? ''];
    });
  return { messages, textFor };
}

test('each family is told once what came of all that it applied for, and what it can do next', async () => {
  const [small = '', large = '', free = ''] = await freshSessions([1, 2, 5]);
  const groups = [{ groupId: 'neighbors', name: { zh: '本社区', en: 'Neighbors' } }];
  const roundId = await openedRound(staff, [small, large, free], groups);
  const family = async (...names: string[]) => {
    const children = await Promise.all(names.map(childOf));
    return { children, parent: await someone({ guardianOf: children }) };
  };
  const [twins, first, apart, last] = [
    await family('双双', '对对'),
    await family('一一'),
    await family('分分', '合合'),
    await family('没没'),
  ];
  // Three want the one place of the small session; the group decides which of them gets it.
  await apply(roundId, twins.parent, twins.children, [large]);
  const claimed = await apply(roundId, first.parent, first.children, [small], 'neighbors');
  const { applicationId } = claimed.body.application;
  const decision = { groupId: 'neighbors', confirmed: true };
  await city.post(`/v1/rounds/${roundId}/claims/${applicationId}`, { as: staff, body: decision });
  for (const [index, child] of apart.children.entries())
    await apply(roundId, apart.parent, [child], [index === 0 ? small : free]);
  await apply(roundId, last.parent, last.children, [small]);
  await takeMessages();
  await drawNow();
  await followStream();
  const { messages, textFor } = await told();
  expect(messages.map(({ kind }) => kind).sort()).toEqual([
    'round-partly-placed',
    'round-placed',
    'round-placed',
    'round-unplaced',
  ]);
  const there = '四点半课堂 玉湖中心 2026-03-20 16:30';
  const booked = '已为您预约，预约码见“我的预约”；不能来请尽早取消。';
  const next = '剩余名额先到先得，满员的可以候补，原因与场次见“抽签分配”。';
  // Brothers and sisters are named in the order of their ids.
  const [one, two] = twins.children.map(({ personId }) => personId) as [string, string];
  const together = one < two ? '双双、对对' : '对对、双双';
  expect(textFor(twins.parent)).toEqual([`“春季抽签”抽签结果：${together} ${there}。${booked}`]);
  expect(textFor(first.parent)).toEqual([`“春季抽签”抽签结果：一一 ${there}。${booked}`]);
  expect(textFor(apart.parent)).toEqual([`“春季抽签”抽签结果：合合 ${there}。分分没有排上。${next}`]);
  expect(textFor(last.parent)).toEqual([`“春季抽签”抽签结果：没没没有排上。${next}`]);
});

test('a step that died before it was noted names the same messages, and each of them leaves once', async () => {
  const [only = ''] = await freshSessions([1]);
  const roundId = await openedRound(staff, [only]);
  const families = await Promise.all(
    ['甲甲', '乙乙', '丙丙'].map(async (name) => {
      const child = await childOf(name);
      return { child, parent: await someone({ guardianOf: [child] }) };
    }),
  );
  for (const { parent, child } of families) await apply(roundId, parent, [child], [only]);
  await takeMessages();
  await drawNow();
  const first = await takeMessages();
  const settled = await readRound(system(), roundId);
  if (!settled) throw new Error('no round');
  // As it stood when the messages were on the queue, and the round did not know yet.
  const cutOff = await moveRound(system(), settled, { status: 'seated', done: 0 }, clockNow());
  await carryOn(system(), cutOff, () => true);
  expect((await roundOf(roundId)).phase).toBe('settled');
  const again = await takeMessages();
  expect(again).toHaveLength(3);
  const inOrder = (list: typeof first) => list.map((one) => JSON.stringify(one)).sort();
  expect(inOrder(again)).toEqual(inOrder(first));
  const outcomes = [];
  for (const one of [...first, ...again]) outcomes.push(await deliver(JSON.stringify(one), clockNow()));
  expect(outcomes).toEqual(['no-phone', 'no-phone', 'no-phone', 'sent before', 'sent before', 'sent before']);
});
