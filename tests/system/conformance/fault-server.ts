import { createServer, type Socket } from 'node:net';
import { listen } from '../../../local/ports.ts';
import { eachMessage, type HttpMessage, headerOf } from '../../../local/table/http-messages.ts';

/** What becomes of one request: an answer, or what a network does to one. */
export type Fate =
  | {
      readonly status: number;
      readonly body: object | string;
      readonly headers?: Readonly<Record<string, string>>;
      readonly thenCloses?: true;
    }
  | 'half'
  | 'stalled'
  | 'closed'
  | 'reset'
  | 'silent';

/** A request as it came. */
export type Heard = { readonly head: string; readonly text: string; header(name: string): string };

const done: Fate = { status: 200, body: {} };
const halfAnswer =
  'HTTP/1.1 200 OK\r\ncontent-type: application/x-amz-json-1.0\r\ncontent-length: 1000\r\n\r\n{"Item":';

function answer(socket: Socket, { status, body, headers = {}, thenCloses }: Exclude<Fate, string>): void {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  const all = { 'content-type': 'application/x-amz-json-1.0', 'content-length': Buffer.byteLength(text), ...headers };
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`);
  socket.write(`HTTP/1.1 ${status} Some\r\n${lines.join('')}\r\n${text}`);
  if (thenCloses) socket.end();
}

function befall(socket: Socket, fate: Fate): void {
  if (typeof fate !== 'string') answer(socket, fate);
  else if (fate === 'half') socket.end(halfAnswer);
  else if (fate === 'stalled') socket.write(halfAnswer);
  else if (fate === 'closed') socket.end();
  else if (fate === 'reset') socket.resetAndDestroy();
}

const heardOf = ({ bytes, head, bodyStart }: HttpMessage): Heard => ({
  head,
  text: bytes.toString('utf8', bodyStart),
  header: (name) => headerOf(head, name) ?? '',
});

/** A service of which each request meets the next fate, and all after the last are done well. */
export async function startFaultServer() {
  let fates: readonly Fate[] = [];
  let heard: Heard[] = [];
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket)).on('error', () => undefined);
    eachMessage(socket, (message) => {
      const fate = fates[heard.length] ?? done;
      heard.push(heardOf(message));
      befall(socket, fate);
    });
  });
  const port = await listen(server, 0);
  return {
    endpoint: `http://127.0.0.1:${port}`,
    /** From now on these fates; what was heard before is forgotten. */
    meet(next: readonly Fate[]): void {
      fates = next;
      heard = [];
    },
    heard: (): readonly Heard[] => heard,
    stop(): Promise<void> {
      for (const socket of sockets) socket.destroy();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}
