import { startTableProxy, type TableProxy } from '../../local/table/proxy.ts';
import { environment } from '../../shared/kernel/environment.ts';
import type { Answer } from '../support/invoke.ts';

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
