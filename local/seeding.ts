import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { SampleAccount } from '../import/sample/seed.ts';
import type { City } from './city.ts';
import { repositoryRoot } from './synthesis.ts';

type Message = { readonly line?: string; readonly people?: readonly SampleAccount[] };

/** Fills a city that is empty with the sample of its first tenant, and answers who can sign in there. */
export function seed(city: City, report: (line: string) => void): Promise<readonly SampleAccount[]> {
  const [tenantId = ''] = (city.environment['TENANTS'] ?? '').split(',');
  const worker = new Worker(new URL('./seed-worker.ts', import.meta.url), {
    env: { ...city.environment },
    execArgv: [],
    workerData: { folder: join(repositoryRoot, 'data', tenantId), tenantId, nowIso: city.now().toISOString() },
  });
  return new Promise((resolve, reject) => {
    let people: readonly SampleAccount[] = [];
    worker.on('message', (message: Message) => {
      if (message.line !== undefined) report(message.line);
      if (message.people) people = message.people;
    });
    worker.once('error', reject);
    worker.once('exit', (code) => (code === 0 ? resolve(people) : reject(new Error(`the seed ended with ${code}`))));
  });
}
