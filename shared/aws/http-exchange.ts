import { Agent, type IncomingHttpHeaders, type OutgoingHttpHeaders, request } from 'node:http';
import { isLocal } from '../kernel/environment.ts';

/** As many connections at once as the SDK keeps. */
const agentOptions = { keepAlive: true, maxSockets: 50 } as const;

const plain = { request, agent: new Agent(agentOptions), connected: 'connect' };

function loadSecure() {
  const https = process.getBuiltinModule('node:https');
  return { request: https.request, agent: new https.Agent(agentOptions), connected: 'secureConnect' };
}

/** TLS takes a fifth of a function's load: in the cloud it is loaded before the first request comes, on one machine not at all. */
let secure = isLocal() ? undefined : loadSecure();

function protocolOf(endpoint: URL) {
  if (endpoint.protocol === 'http:') return plain;
  secure ??= loadSecure();
  return secure;
}

export type Sending = {
  readonly endpoint: URL;
  readonly headers: OutgoingHttpHeaders;
  readonly body: string;
  /** Milliseconds until a new connection must stand. */
  readonly connectionTimeout: number;
  /** Milliseconds until the whole answer must be there. */
  readonly requestTimeout: number;
};

export type Received = { readonly status: number; readonly headers: IncomingHttpHeaders; readonly text: string };

export const namedError = (name: string, message: string): Error => Object.assign(new Error(message), { name });

/**
 * Sends one POST over a kept connection and gives the whole answer. Fails with `TimeoutError` or with the error of the connection: also when
 * the answer ends before its end.
 */
export function exchange({ endpoint, headers, body, connectionTimeout, requestTimeout }: Sending): Promise<Received> {
  return new Promise((resolve, reject) => {
    const { request, agent, connected } = protocolOf(endpoint);
    const call = request({
      agent,
      hostname: endpoint.hostname,
      port: endpoint.port,
      path: endpoint.pathname,
      method: 'POST',
      headers,
    });
    const timeOut = (milliseconds: number, what: string) =>
      setTimeout(() => call.destroy(namedError('TimeoutError', `${what} within ${milliseconds} ms`)), milliseconds);
    const answering = timeOut(requestTimeout, `${endpoint.host} did not answer`);
    let connecting: NodeJS.Timeout | undefined;
    const fail = (error: Error): void => {
      clearTimeout(answering);
      clearTimeout(connecting);
      call.destroy();
      reject(error);
    };
    call.on('error', fail);
    call.on('socket', (socket) => {
      if (!socket.connecting) return;
      connecting = timeOut(connectionTimeout, `${endpoint.host} did not connect`);
      socket.once(connected, () => clearTimeout(connecting));
    });
    call.on('response', (answer) => {
      const chunks: Buffer[] = [];
      answer.on('data', (chunk: Buffer) => chunks.push(chunk));
      answer.on('error', fail);
      answer.on('end', () => {
        clearTimeout(answering);
        const bytes = chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks);
        resolve({ status: answer.statusCode ?? 0, headers: answer.headers, text: bytes.toString('utf8') });
      });
    });
    call.end(body);
  });
}
