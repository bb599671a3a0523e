import { randomUUID } from 'node:crypto';
import { Agent, request } from 'node:http';
import { center, people, type Someone, session, someone, storedSession } from '../tests/support/builders.ts';
import { textTable } from './measure.ts';
import { rawSeat } from './table.ts';

/** Rushes through the whole path: HTTP, gateway, pool of function environments, the table's rights, the engine. */

type Booked = { status: number; booked: boolean; number: number | undefined; calls: number; units: number; ms: number };

const agent = new Agent({ keepAlive: true, maxSockets: 300 });

/** One booking over HTTP; where it is full the party waits. What it took is in the answer's headers on this machine. */
function book(url: string, as: Someone, sessionId: string, beneficiaryIds: readonly string[]): Promise<Booked> {
  const body = JSON.stringify({ sessionIds: [sessionId], beneficiaryIds, ifFull: 'wait' });
  const startedAt = performance.now();
  return new Promise((resolve, reject) => {
    const headers = {
      authorization: `Bearer ${as.token}`,
      'content-type': 'application/json',
      'idempotency-key': randomUUID(),
    };
    const asked = request(`${url}/v1/session-bookings`, { method: 'POST', agent, headers }, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (part) => {
        text += part;
      });
      response.on('end', () => {
        const answer = JSON.parse(text) as { bookings?: unknown[]; waiting?: { number?: number } };
        const use = String(response.headers['linli-table'] ?? '');
        const part = (name: string) => Number(new RegExp(`${name}=([\\d.]+)`).exec(use)?.[1] ?? 0);
        resolve({
          status: response.statusCode ?? 0,
          booked: (answer.bookings ?? []).length > 0,
          number: answer.waiting?.number,
          calls: part('calls'),
          units: part('write'),
          ms: performance.now() - startedAt,
        });
      });
    });
    asked.on('error', reject).end(body);
  });
}

const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / (values.length || 1);
const line = (name: string, answers: readonly Booked[]) => [
  name,
  answers.length,
  mean(answers.map(({ calls }) => calls)),
  mean(answers.map(({ units }) => units)),
  Math.round(mean(answers.map(({ ms }) => ms))),
  Math.round(Math.max(0, ...answers.map(({ ms }) => ms))),
];

/** The same number of conditional updates, raw, on one item. */
async function rawRush(count: number, limit: number): Promise<number> {
  const pk = `raw#RUSH#${randomUUID()}`;
  const startedAt = performance.now();
  await Promise.all(Array.from({ length: count }, () => rawSeat(pk, limit)));
  return performance.now() - startedAt;
}

function checked(condition: boolean, what: string): void {
  if (!condition) throw new Error(`the rush went wrong: ${what}`);
}

/** 300 people for 30 places of one session, and 150 households with two children over 20 sessions of ten places. */
export async function benchHttpRush(url: string): Promise<string> {
  await center('yuhu');
  const date = '2026-03-03';
  const warm = await session('yuhu', date, { slug: 'warm', capacity: 100 });
  for (const crowd of [await people(40), await people(40)])
    await Promise.all(crowd.map((one) => book(url, one, warm, [one.personId])));

  const sessionId = await session('yuhu', date, { slug: 'rush', capacity: 30 });
  const crowd = await people(300);
  const startedAt = performance.now();
  const answers = await Promise.all(crowd.map((one) => book(url, one, sessionId, [one.personId])));
  const oneMs = performance.now() - startedAt;
  const winners = answers.filter(({ booked }) => booked);
  const losers = answers.filter(({ booked }) => !booked);
  const numbers = new Set(losers.map(({ number }) => number));
  checked(
    answers.every(({ status }) => status === 201),
    'not everybody was answered',
  );
  checked(winners.length === 30, `${winners.length} places sold of 30`);
  checked(numbers.size === 270 && !numbers.has(undefined), `${numbers.size} different numbers for 270`);

  const sessions = await Promise.all(
    Array.from({ length: 20 }, (_, index) => session('yuhu', date, { slug: `mixed-${index}`, capacity: 10 })),
  );
  const families = await Promise.all(
    Array.from({ length: 150 }, async () => {
      const children = await Promise.all([someone({ birthDate: '2017-01-01' }), someone({ birthDate: '2019-01-01' })]);
      return { parent: await someone({ guardianOf: children }), children };
    }),
  );
  const mixedAt = performance.now();
  const mixed = await Promise.all(
    families.map(({ parent, children }, index) =>
      book(
        url,
        parent,
        sessions[(index * 7) % 20] ?? '',
        children.map(({ personId }) => personId),
      ),
    ),
  );
  const mixedMs = performance.now() - mixedAt;
  for (const id of sessions) {
    const { taken, capacity, seats } = await storedSession(id);
    checked(taken <= capacity && taken === Object.keys(seats).length, `${id} was sold ${taken} times`);
  }
  const got = mixed.filter(({ booked }) => booked);
  checked(
    mixed.every(({ status }) => status === 201),
    'not every household was answered',
  );
  checked(got.length === 100, `${got.length} pairs placed in 200 places`);
  agent.destroy();
  const [rawOneMs, rawMixedMs] = [await rawRush(300, 30), await rawRush(150, 100)];
  const rows = [
    ['who', 'how many', 'calls', 'write units', 'mean ms', 'last ms'],
    line('one session: booked', winners),
    line('one session: told their number', losers),
    line('20 sessions: pairs booked', got),
    line(
      '20 sessions: pairs told their number',
      mixed.filter(({ booked }) => !booked),
    ),
  ];
  return [
    textTable(rows),
    `300 for 30 answered in ${Math.round(oneMs)} ms; 300 raw conditional updates ${Math.round(rawOneMs)} ms; ratio ${(oneMs / rawOneMs).toFixed(1)}`,
    `150 pairs over 20 sessions answered in ${Math.round(mixedMs)} ms; 150 raw ${Math.round(rawMixedMs)} ms; ratio ${(mixedMs / rawMixedMs).toFixed(1)}`,
  ].join('\n');
}
