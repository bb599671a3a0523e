import { Agent, createServer, type IncomingMessage, type ServerResponse, request as send } from 'node:http';
import { listen } from '../ports.ts';
import { Faults, faultAnswer } from './faults.ts';
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

const OPERATION_PREFIX = 'DynamoDB_20120810.';
const isWrite = (operation: string): boolean => /^(Put|Update|Delete|TransactWrite|BatchWrite)/.test(operation);

/**
 * Stands between functions and the engine. It refuses what the function's role in the template does not allow, as IAM would, and it
 * can do harm on demand ({@link Faults}). Bodies pass through as the bytes they are.
 */
export async function startTableProxy(options: TableProxyOptions): Promise<TableProxy> {
  const engine = new URL(options.engineEndpoint);
  const agent = new Agent({ keepAlive: true });
  const faults = new Faults();

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await bytesOf(request);
    const operation = (request.headers['x-amz-target'] ?? '').toString().slice(OPERATION_PREFIX.length);
    const accessKeyId = /Credential=([^/]+)\//.exec(request.headers.authorization ?? '')?.[1] ?? '';
    const caller = options.callerOf(accessKeyId);
    if (caller) {
      const parsed: unknown = JSON.parse(body.toString('utf8'));
      const denied = tableActions(operation, parsed, options.partitionKeys).find((action) => !caller.may(action));
      if (denied) {
        const on = `${denied.tableName}${denied.indexName ? `/index/${denied.indexName}` : ''}`;
        const message =
          `${caller.functionName} is not authorized to perform: ${denied.action} on resource: ${on}` +
          ` with leading keys: ${denied.leadingKeys.join(', ') || '(none)'}; grant it in infra/stacks/modules.ts`;
        options.onDenied(message);
        return answer(response, {
          __type: 'com.amazon.coral.service#AccessDeniedException',
          message,
          Message: message,
        });
      }
      const fault = faults.draw(operation);
      if (fault === 'throttle' || fault === 'conflict') return answer(response, faultAnswer(fault, operation, parsed));
      if (fault === 'lostAnswer') return forward(request, body, operation, response, caller, true);
    }
    return forward(request, body, operation, response, caller, false);
  }

  function forward(
    request: IncomingMessage,
    body: Buffer,
    operation: string,
    response: ServerResponse,
    caller: Caller | undefined,
    loseAnswer: boolean,
  ): Promise<void> {
    return new Promise((resolve) => {
      const { connection: _, ...headers } = request.headers;
      const upstream = send(
        { agent, host: engine.hostname, port: engine.port, method: request.method, path: request.url, headers },
        async (reply) => {
          const bytes = await bytesOf(reply);
          if (caller && reply.statusCode === 200 && isWrite(operation)) await options.afterWrite(caller);
          if (loseAnswer) response.destroy();
          else {
            const { connection: __, 'transfer-encoding': ___, ...replyHeaders } = reply.headers;
            response.writeHead(reply.statusCode ?? 500, { ...replyHeaders, 'content-length': bytes.length }).end(bytes);
          }
          resolve();
        },
      );
      upstream.on('error', () => {
        response.destroy();
        resolve();
      });
      upstream.end(body);
    });
  }

  const server = createServer((request, response) => {
    handle(request, response).catch(() => response.destroy());
  });
  server.keepAliveTimeout = 75_000;
  const port = await listen(server, 0);
  return {
    endpoint: `http://127.0.0.1:${port}`,
    faults,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
        agent.destroy();
      }),
  };
}

async function bytesOf(message: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of message as AsyncIterable<Buffer>) chunks.push(chunk);
  return chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks);
}

function answer(response: ServerResponse, body: Record<string, unknown>): void {
  const text = JSON.stringify(body);
  response
    .writeHead(400, { 'content-type': 'application/x-amz-json-1.0', 'content-length': Buffer.byteLength(text) })
    .end(text);
}
