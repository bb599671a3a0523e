import { Agent, request } from 'node:http';

export type Asked = {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly token?: string;
  readonly idempotencyKey?: string;
  readonly body?: unknown;
};
export type Answered = { readonly status: number; readonly bytes: number; readonly text: string };

/** A client of one city with connections that are kept. */
export function clientOf(url: string) {
  const agent = new Agent({ keepAlive: true, maxSockets: 256, maxFreeSockets: 256 });
  const ask = ({ method, path, token, idempotencyKey, body }: Asked): Promise<Answered> =>
    new Promise((resolve, reject) => {
      const text = body === undefined ? undefined : JSON.stringify(body);
      const headers = {
        ...(token ? { authorization: `Bearer ${token}` } : {}),
        ...(idempotencyKey ? { 'idempotency-key': idempotencyKey } : {}),
        ...(text ? { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) } : {}),
      };
      const asking = request(`${url}${path}`, { method, agent, headers }, (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('error', reject);
        response.on('end', () => {
          const bytes = Buffer.concat(chunks);
          resolve({ status: response.statusCode ?? 0, bytes: bytes.length, text: bytes.toString('utf8') });
        });
      });
      asking.on('error', reject).end(text);
    });
  return { ask, close: () => agent.destroy() };
}

/** What happened under load: how long each request took, over how long. */
export type Load = { readonly count: number; readonly seconds: number; readonly latenciesMs: readonly number[] };

/** `atOnce` callers, each asking again as soon as it is answered, until `count` requests are made. */
export async function closedLoop(count: number, atOnce: number, ask: (index: number) => Promise<void>): Promise<Load> {
  const latenciesMs: number[] = [];
  let next = 0;
  const startedAt = performance.now();
  const caller = async () => {
    while (next < count) {
      const askedAt = performance.now();
      await ask(next++);
      latenciesMs.push(performance.now() - askedAt);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, caller));
  return { count, seconds: (performance.now() - startedAt) / 1_000, latenciesMs };
}

/** The value below which `share` of the values lie. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN;
}
