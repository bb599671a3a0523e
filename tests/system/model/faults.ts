import { randomUUID } from 'node:crypto';
import { startTableProxy, type TableProxy } from '../../../local/table/proxy.ts';
import { environment } from '../../../shared/kernel/environment.ts';
import { refuse } from '../../../shared/kernel/refusal.ts';
import { tableClient } from '../../../shared/table/client.ts';
import type { Answer } from '../../support/invoke.ts';

let proxy: TableProxy | undefined;

/** Puts the proxy that does harm between this process and the engine; reading the stream stays undisturbed. */
export async function faultyTable(): Promise<TableProxy> {
  if (proxy) return proxy;
  const engineEndpoint = environment('AWS_ENDPOINT_URL_DYNAMODB');
  proxy = await startTableProxy({
    engineEndpoint,
    partitionKeys: new Map([[undefined, 'pk']]),
    callerOf: () => ({ functionName: 'test', environmentId: '0', may: () => true }),
    afterWrite: async () => undefined,
    onDenied: () => undefined,
  });
  process.env['AWS_ENDPOINT_URL_DYNAMODB'] = proxy.endpoint;
  return proxy;
}

/** Until there is an answer; a call that ended without one is sent again under its key, and all of it is one call. */
export async function settled(send: () => Promise<Answer>): Promise<Answer> {
  let last = '';
  for (let tries = 0; tries < 60; tries += 1) {
    const answer = await send();
    if (answer.status !== 503) return answer;
    last = answer.text;
  }
  throw new Error(`a call never settled: ${last}`);
}

/**
 * Lets `work` do so many writes and nothing more, as if its function had been stopped there; what it says then is that it is to be tried
 * again. Done with fewer writes, it lives.
 */
export async function dyingAfter<T>(writes: number, work: () => Promise<T>): Promise<T> {
  let done = 0;
  const name = `dying-${randomUUID()}`;
  tableClient().middlewareStack.add(
    (next, context) => (args) => {
      const isWrite = /Put|Update|Delete|Transact|BatchWrite/.test(String(context['commandName']));
      if (done >= writes && (isWrite || done > writes)) {
        done = writes + 1;
        throw refuse('try-again');
      }
      if (isWrite) done += 1;
      return next(args);
    },
    { step: 'initialize', name },
  );
  try {
    return await work();
  } finally {
    tableClient().middlewareStack.remove(name);
  }
}
