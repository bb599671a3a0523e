import { writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { gzipSync } from 'node:zlib';
import { listen } from '../../local/ports.ts';
import {
  type Answer,
  type Body,
  type Case,
  casesFile,
  type Item,
  isJudged,
  keysOf,
  outcomeOf,
  readCases,
  renamed,
  sender,
  shapesOf,
  TABLE,
} from '../system/conformance/calls.ts';

/** A partition that a query reads is kept whole with the case; larger ones make no examples. */
const ITEMS_MOST = 40;

/**
 * Stands between the tests and the engine and keeps of each kind of call and each outcome the smallest example, with the items that stood
 * there before: the cases by which engines are judged, beside those that are kept already. One call at a time, so that what stood before is
 * what the call met.
 */
export async function startRecorder(engineEndpoint: string, tableName: () => string) {
  const engine = sender(engineEndpoint);
  const kept = new Map<string, string>();
  const keep = (of: Case): void => {
    const text = JSON.stringify(of);
    for (const shape of of.shapes) {
      const known = kept.get(`${shape}\n${of.outcome}`);
      if (!known || known.length > text.length) kept.set(`${shape}\n${of.outcome}`, text);
    }
  };
  for (const known of readCases()) keep(known);
  let queue: Promise<unknown> = Promise.resolve();

  async function before(operation: string, body: Body): Promise<readonly Item[] | undefined> {
    if (operation === 'Query') {
      const { TableName, IndexName, KeyConditionExpression, ExpressionAttributeValues } = body;
      const partition = IndexName
        ? { IndexName, KeyConditionExpression, ExpressionAttributeValues }
        : {
            KeyConditionExpression: 'pk = :pk',
            ExpressionAttributeValues: { ':pk': Object(ExpressionAttributeValues)[':pk'] },
          };
      const { body: answer } = await engine.call('Query', { TableName, ...partition, Limit: ITEMS_MOST + 1 });
      const items: Item[] = Array.isArray(answer['Items']) ? answer['Items'] : [];
      return items.length > ITEMS_MOST ? undefined : items;
    }
    const keys = keysOf(operation, body);
    const answers = await Promise.all(
      keys.map((Key) => engine.call('GetItem', { TableName: tableName(), Key, ConsistentRead: true })),
    );
    return answers.flatMap(({ body: { Item } }) => (Item ? [{ ...Object(Item) }] : []));
  }

  async function record(operation: string, body: Body): Promise<Answer> {
    const stood = await before(operation, body);
    const answer = await engine.call(operation, body);
    if (!stood) return answer;
    const [shapes, outcome] = [shapesOf(operation, body), outcomeOf(answer)];
    keep({ shapes, outcome, operation, body: renamed(body, tableName(), TABLE), before: stood });
    return answer;
  }

  const server = createServer(async (incoming, outgoing) => {
    const chunks: Buffer[] = [];
    for await (const chunk of incoming as AsyncIterable<Buffer>) chunks.push(chunk);
    const [api, operation = ''] = String(incoming.headers['x-amz-target']).split('.');
    const body: Body = JSON.parse(Buffer.concat(chunks).toString('utf8'));
    const answered = isJudged(operation)
      ? queue.then(() => record(operation, body))
      : engine.call(operation, body, api);
    queue = answered.catch(() => undefined);
    const answer = await answered;
    const head = { 'content-type': 'application/x-amz-json-1.0' };
    outgoing.writeHead(answer.status, head).end(JSON.stringify(answer.body));
  });
  const port = await listen(server, 0);
  return {
    endpoint: `http://127.0.0.1:${port}`,
    async stop() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      engine.stop();
      const texts = [...new Set(kept.values())].sort();
      await writeFile(casesFile, gzipSync(texts.map((text) => `${text}\n`).join(''), { level: 9 }));
    },
  };
}
