import { execFile } from 'node:child_process';
import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { DynamoDBStreamEvent } from 'aws-lambda';
import * as bookings from '../../../functions/bookings/handler.ts';
import * as rounds from '../../../functions/rounds/handler.ts';
import { handler as carryOn } from '../../../functions/rounds/schedule.ts';
import * as sessions from '../../../functions/sessions/handler.ts';
import { handler as follow } from '../../../functions/stream/handler.ts';
import type { Publication } from '../../../shared/contracts/rounds.ts';
import { signAccessToken } from '../../../shared/http/token.ts';
import { clockNow } from '../../../shared/kernel/clock.ts';
import { type Someone, session } from '../../support/builders.ts';
import { type Call, cityOf, setClock } from '../../support/invoke.ts';
import { streamRecords } from '../../support/stream.ts';

const modules = cityOf(rounds, sessions, bookings);

type CallOf = Omit<Call, 'as'> & { readonly as?: Someone | undefined };

/** Weeks pass in a round, and a token lasts minutes: everybody signs in anew for each call. */
async function signedIn({ as, ...call }: CallOf): Promise<Call> {
  if (!as) return call;
  const { tenantId, personId } = as;
  return { ...call, as: { token: await signAccessToken({ tenantId, personId, signInId: 's' }, clockNow()) } };
}

export const city = {
  get: async (path: string, call: CallOf = {}) => modules.get(path, await signedIn(call)),
  post: async (path: string, call: CallOf = {}) => modules.post(path, await signedIn(call)),
};

export const DATE = '2026-03-20';
export const BEFORE = '2026-03-01T01:00:00Z';
export const OPEN = '2026-03-02T01:00:00Z';
export const CLOSED = '2026-03-09T01:00:00Z';
const DRAW = '2026-03-10T01:00:00Z';
/** A minute after the time of the draw, when nothing that was let in before can still be on its way. */
export const AFTER_DRAW = '2026-03-10T01:01:00Z';

export const times = { opensAt: OPEN, closesAt: CLOSED, drawsAt: DRAW };
export const title = { zh: '春季抽签', en: 'Spring round' };

let count = 0;
/** Sessions of their own for one test, in the order of their numbers in a round. */
export async function freshSessions(
  capacities: readonly number[],
  facts: Parameters<typeof session>[2] = {},
): Promise<string[]> {
  count += 1;
  const made = capacities.map((capacity, index) =>
    session('yuhu', DATE, { slug: `x${count}-${String(index + 1).padStart(3, '0')}`, capacity, ...facts }),
  );
  return Promise.all(made);
}

/** Opens a round in the clock's own past and gives its id; the clock then stands in the window. */
export async function openedRound(
  as: Someone,
  sessionIds: readonly string[],
  groups: readonly { groupId: string; name: { zh: string; en: string } }[] = [],
): Promise<string> {
  setClock(BEFORE);
  const answer = await city.post('/v1/rounds', { as, body: { title, ...times, sessionIds, groups } });
  if (answer.status !== 201) throw new Error(answer.text);
  setClock(OPEN);
  return answer.body.round.roundId;
}

export const apply = (
  roundId: string,
  as: Someone,
  children: readonly Someone[],
  wishes: readonly string[],
  groupId?: string,
) =>
  city.post(`/v1/rounds/${roundId}/applications`, {
    as,
    body: { childIds: children.map(({ personId }) => personId), wishes, ...(groupId ? { groupId } : {}) },
  });

/** Lets the time of the draw come, and everything that the schedule then does. */
export async function drawNow(): Promise<void> {
  setClock(AFTER_DRAW);
  await carryOn();
}

export const roundOf = async (roundId: string) => (await city.get(`/v1/rounds/${roundId}`)).body.round;

/** Everything that is published, page after page. */
export async function pagesOf(roundId: string): Promise<Publication[]> {
  const pages: Publication[] = [];
  for (let cursor: string | undefined; ; ) {
    const query = cursor ? `?cursor=${encodeURIComponent(cursor)}` : '';
    const { body } = await city.get(`/v1/rounds/${roundId}/publication${query}`);
    pages.push(body);
    cursor = body.nextCursor;
    if (!cursor) return pages;
  }
}

export async function followStream(): Promise<void> {
  const Records = await streamRecords();
  const answer = await follow({ Records } satisfies DynamoDBStreamEvent, {} as never, () => undefined);
  if (answer && answer.batchItemFailures.length > 0) throw new Error('a stream record failed');
}

const script = fileURLToPath(new URL('../../../scripts/verify-draw.mjs', import.meta.url));

/** What the outsider's script says of these pages. */
export async function outsiderSays(pages: readonly Publication[]): Promise<{ code: number; text: string }> {
  const file = join(await mkdtemp(join(tmpdir(), 'linli-draw-')), 'publication.json');
  await writeFile(file, JSON.stringify(pages));
  return new Promise((resolve) => {
    execFile(process.execPath, [script, file], (error, stdout, stderr) =>
      resolve({ code: Number(error?.code ?? 0), text: stdout + stderr }),
    );
  });
}
