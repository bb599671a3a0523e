import { connect, createServer, type Socket } from 'node:net';
import { listen } from '../ports.ts';
import { Faults, faultAnswer } from './faults.ts';
import { eachMessage, type HttpMessage, headerOf, jsonAnswer } from './http-messages.ts';
import { type PartitionKeys, tableActions } from './leading-keys.ts';
import type { MayDo } from './rights.ts';

/** Who a caller is, as its access key says. */
export type Caller = { readonly functionName: string; readonly environmentId: string; readonly may: MayDo };

export type TableProxyOptions = {
  readonly engineEndpoint: string;
  readonly partitionKeys: PartitionKeys;
  /** `undefined` for a key that belongs to no function: the importer and tests, which may do anything. */
  readonly callerOf: (accessKeyId: string) => Caller | undefined;
  /** After a write of a function is done and before its answer is on the way back. */
  readonly afterWrite: (caller: Caller) => Promise<void>;
  readonly onDenied: (message: string) => void;
};

export type TableProxy = { readonly endpoint: string; readonly faults: Faults; stop(): Promise<void> };

const isWrite = (operation: string): boolean => /^(Put|Update|Delete|TransactWrite|BatchWrite)/.test(operation);

/** What becomes of a call: an answer without the engine, or the engine's answer, which may be lost on the way back. */
type Verdict =
  | { readonly answer: Buffer }
  | { readonly caller: Caller | undefined; readonly operation: string; readonly loseAnswer: boolean };

/**
 * Stands between functions and the engine. It refuses what the function's role in the template does not allow, as IAM would, and it
 * can do harm on demand ({@link Faults}). What it lets through goes through as the bytes it is.
 */
export async function startTableProxy(options: TableProxyOptions): Promise<TableProxy> {
  const faults = new Faults();
  const sockets = new Set<Socket>();
  const judge = judgeOf(options, faults);
  const server = createServer((client) => {
    sockets.add(client);
    client.on('close', () => sockets.delete(client));
    joinEngine(client, options, judge);
  });
  const port = await listen(server, 0);
  return {
    endpoint: `http://127.0.0.1:${port}`,
    faults,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
}

function judgeOf({ callerOf, onDenied, partitionKeys }: TableProxyOptions, faults: Faults) {
  return ({ bytes, head, bodyStart }: HttpMessage): Verdict => {
    const operation = (headerOf(head, 'x-amz-target') ?? '').split('.')[1] ?? '';
    const accessKeyId = /Credential=([^/]+)\//.exec(head)?.[1] ?? '';
    const caller = callerOf(accessKeyId);
    if (!caller) return { caller, operation, loseAnswer: false };
    const body: unknown = JSON.parse(bytes.toString('utf8', bodyStart));
    const denied = tableActions(operation, body, partitionKeys).find((action) => !caller.may(action));
    if (denied) {
      const on = `${denied.tableName}${denied.indexName ? `/index/${denied.indexName}` : ''}`;
      const message =
        `${caller.functionName} is not authorized to perform: ${denied.action} on resource: ${on}` +
        ` with leading keys: ${denied.leadingKeys.join(', ') || '(none)'}; grant it in the plan.ts of its module`;
      onDenied(message);
      const type = 'com.amazon.coral.service#AccessDeniedException';
      return { answer: jsonAnswer('400 Bad Request', { __type: type, message, Message: message }) };
    }
    const fault = faults.draw(operation);
    if (fault === 'throttle' || fault === 'conflict') {
      return { answer: jsonAnswer('400 Bad Request', faultAnswer(fault, operation, body)) };
    }
    return { caller, operation, loseAnswer: fault === 'lostAnswer' };
  };
}

/** Gives a client's connection one of its own to the engine. A client sends its next call when it has the answer to the last. */
function joinEngine(client: Socket, options: TableProxyOptions, judge: (message: HttpMessage) => Verdict): void {
  const { hostname, port } = new URL(options.engineEndpoint);
  const engine = connect(Number(port), hostname);
  let underway: Exclude<Verdict, { answer: Buffer }> | undefined;
  for (const [one, other] of [
    [client, engine],
    [engine, client],
  ] as const) {
    one.setNoDelay(true);
    one.on('close', () => other.destroy());
    one.on('error', () => other.destroy());
  }
  eachMessage(client, (call) => {
    const verdict = judge(call);
    if ('answer' in verdict) {
      client.write(verdict.answer);
      return;
    }
    underway = verdict;
    engine.write(call.bytes);
  });
  eachMessage(engine, async (answer) => {
    const { caller, operation, loseAnswer } = underway ?? {};
    underway = undefined;
    const isDone = answer.head.startsWith('HTTP/1.1 200');
    if (caller && isDone && isWrite(operation ?? '')) await options.afterWrite(caller);
    if (loseAnswer) client.destroy();
    else if (!client.destroyed) client.write(answer.bytes);
  });
}
