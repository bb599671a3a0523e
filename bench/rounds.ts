import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2, Context } from 'aws-lambda';
import * as z from 'zod';
import { applicationItem } from '../functions/rounds/applications/items.ts';
import { deriveApplicationId } from '../functions/rounds/applications/store.ts';
import { advance } from '../functions/rounds/commands/steps.ts';
import { handler } from '../functions/rounds/handler.ts';
import type { RoundItem } from '../functions/rounds/items.ts';
import { readRound } from '../functions/rounds/store.ts';
import { type Authorized, asSystem } from '../shared/access/authorize.ts';
import { putMany } from '../shared/table/bulk.ts';
import { keys } from '../shared/table/keys.ts';
import { resetTableUse, tableUse } from '../shared/table/meter.ts';
import { center, people, session, someone } from '../tests/support/builders.ts';
import { tenants } from '../tests/support/tenants.ts';
import { textTable } from './measure.ts';

const APPLICANTS = 10_000;
const SESSIONS = 300;
const CAPACITY = 30;
const WISHES = 5;
const DRAWS_AT = '2026-03-10T01:00:00Z';

type Handler = (event: APIGatewayProxyEventV2, context: Context) => Promise<APIGatewayProxyStructuredResultV2>;

/** Opens a round over so many sessions, as the API does. */
async function open(sessionIds: readonly string[]): Promise<string> {
  const officer = await someone({ posts: [{ kind: 'bureau-officer', bureau: 'education' }] });
  const event = {
    routeKey: 'POST /v1/rounds',
    headers: { authorization: `Bearer ${officer.token}`, 'content-type': 'application/json' },
    body: JSON.stringify({
      title: { zh: '抽签', en: 'Round' },
      opensAt: '2026-03-01T00:00:00Z',
      closesAt: '2026-03-09T00:00:00Z',
      drawsAt: DRAWS_AT,
      sessionIds,
    }),
    requestContext: { domainName: 'localhost', http: { method: 'POST', sourceIp: '127.0.0.1' } },
  };
  const { statusCode, body = '' } = await (handler as Handler)(event as never, {} as never);
  if (statusCode !== 201) throw new Error(`the round was not opened: ${body}`);
  return JSON.parse(body).round.roundId;
}

/** Applications as the API leaves them; written in bulk, because here it is the draw that is measured. */
async function applyAll(by: Authorized, roundId: string, sessionIds: readonly string[]): Promise<void> {
  const crowd = await people(APPLICANTS);
  const items = await Promise.all(
    crowd.map(async ({ personId }, index) => {
      const applicationId = await deriveApplicationId(by, roundId, [personId]);
      const item = z.encode(applicationItem, {
        applicationId,
        roundId,
        personIds: [personId],
        actorId: personId,
        // Some sessions are wished for far more often than others.
        wishes: Array.from({ length: WISHES }, (_, wish) => sessionIds[((index * index) % 97) + wish * 40] ?? ''),
        changedAt: by.now.toISOString(),
        confirmed: false,
        requestHash: 'bench',
      });
      return { key: keys.rounds.application(by.tenantId, roundId, applicationId), item };
    }),
  );
  await putMany(items);
}

type Line = { steps: number; ms: number; longestMs: number; calls: number; read: number; write: number };

/** A whole round, step after step: how long each state takes, its longest step, what it asks of the table. */
export async function benchRound(): Promise<string> {
  const [tenantId] = tenants();
  await center('draw');
  const sessionIds = await Promise.all(
    Array.from({ length: SESSIONS }, (_, index) =>
      session('draw', '2026-03-20', { slug: `s${index}`, capacity: CAPACITY }),
    ),
  );
  resetTableUse();
  const openedAt = performance.now();
  const roundId = await open(sessionIds);
  const opening = { ms: performance.now() - openedAt, ...tableUse() };
  await applyAll(asSystem(tenantId, new Date('2026-03-02T01:00:00Z')), roundId, sessionIds);

  const by = asSystem(tenantId, new Date(Date.parse(DRAWS_AT) + 60_000));
  const lines = new Map<string, Line>();
  const startedAt = performance.now();
  let round: RoundItem | undefined = await readRound(by, roundId);
  while (round && round.status !== 'settled') {
    const { status }: RoundItem = round;
    const line = lines.get(status) ?? { steps: 0, ms: 0, longestMs: 0, calls: 0, read: 0, write: 0 };
    resetTableUse();
    const from = performance.now();
    round = await advance(by, round);
    const ms = performance.now() - from;
    const { calls, readUnits, writeUnits } = tableUse();
    lines.set(status, {
      steps: line.steps + 1,
      ms: line.ms + ms,
      longestMs: Math.max(line.longestMs, ms),
      calls: line.calls + calls,
      read: line.read + readUnits,
      write: line.write + writeUnits,
    });
  }
  const totalMs = performance.now() - startedAt;
  const said: Readonly<Record<string, string>> = {
    open: 'count the places',
    closed: 'make the list',
    listed: 'draw and publish',
    drawn: 'seat the winners',
    seated: 'tell the families',
  };
  const rows = [...lines].map(([status, { steps, ms, longestMs, calls, read, write }]) => [
    said[status] ?? status,
    ...[steps, ms, longestMs, calls, read, write].map(Math.round),
  ]);
  const table = textTable([['step', 'steps', 'ms', 'longest ms', 'calls', 'read units', 'write units'], ...rows]);
  const settled = await readRound(by, roundId);
  return [
    `${APPLICANTS} applications, ${SESSIONS} sessions: ${settled?.childrenPlaced} placed, settled in ${(totalMs / 1_000).toFixed(1)} s`,
    `opening: ${Math.round(opening.ms)} ms, ${opening.calls} calls, ${opening.writeUnits} write units`,
    table,
  ].join('\n');
}
