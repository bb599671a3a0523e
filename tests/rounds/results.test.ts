import { beforeAll, expect, test } from 'vitest';
import { deliver } from '../../functions/messages/commands.ts';
import { templateCallFor, textOf } from '../../functions/messages/templates.ts';
import { carryOn } from '../../functions/rounds/schedule.ts';
import { moveRound, roundById } from '../../functions/rounds/store/rounds.ts';
import { asSystem } from '../../shared/access/authorize.ts';
import { clockNow } from '../../shared/kernel/clock.ts';
import { message } from '../../shared/messages/message.ts';
import { center, type Someone, someone } from '../support/builders.ts';
import { setClock, tenants } from '../support/invoke.ts';
import { takeMessages } from '../support/messages.ts';
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
  const [small = '', large = ''] = await freshSessions([1, 2]);
  const roundId = await openedRound(staff, [small, large]);
  const [twins, single, apart, other] = [
    [await childOf('双双'), await childOf('对对')],
    await childOf('一一'),
    [await childOf('分分'), await childOf('合合')] as const,
    await childOf('没没'),
  ];
  const inOrder = [
    { name: '双双', personId: twins[0]?.personId ?? '' },
    { name: '对对', personId: twins[1]?.personId ?? '' },
  ].sort((a, b) => (a.personId < b.personId ? -1 : 1));
  const both = { parent: await someone({ guardianOf: twins }), children: inOrder };
  const one = await someone({ guardianOf: [single] });
  const two = await someone({ guardianOf: apart });
  const none = await someone({ guardianOf: [other] });
  // Only the twins want the large one; all others want the single place of the small one, and one of them gets it.
  await apply(roundId, both.parent, twins, [large]);
  await apply(roundId, one, [single], [small]);
  for (const child of apart) await apply(roundId, two, [child], [small]);
  await apply(roundId, none, [other], [small]);
  await takeMessages();
  await drawNow();
  await followStream();
  const { messages, textFor } = await told();
  expect(messages.map(({ kind }) => kind).filter((kind) => !kind.startsWith('round-'))).toEqual([]);
  expect(messages).toHaveLength(4);
  // Brothers and sisters are named in the order of their ids.
  const named = both.children.map(({ name }) => name).join('、');
  expect(textFor(both.parent)).toEqual([
    `“春季抽签”抽签结果：${named} 四点半课堂 玉湖中心 2026-03-20 16:30。已为您预约，预约码见“我的预约”；不能来请尽早取消。`,
  ]);
  const placed = async (as: Someone) =>
    (await city.get('/v1/bookings', { as })).body.bookings.map(
      (row: { beneficiaryName: string }) => row.beneficiaryName,
    );
  for (const [parent, names] of [
    [one, ['一一']],
    [two, ['分分', '合合']],
    [none, ['没没']],
  ] as const) {
    const won = await placed(parent);
    const [text = '', ...more] = textFor(parent);
    expect(more).toEqual([]);
    for (const name of names) expect(text).toMatch(new RegExp(won.includes(name) ? `：${name} ` : `${name}.*没有排上`));
    if (won.length < names.length) expect(text).toContain('先到先得，满员的可以候补');
  }
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
  const settled = await roundById(system(), roundId);
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
