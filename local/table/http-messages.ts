import type { Socket } from 'node:net';

/** One HTTP/1.1 message as it came: all its bytes, its head as text, and where its body starts. */
export type HttpMessage = { readonly bytes: Buffer; readonly head: string; readonly bodyStart: number };

const HEAD_END = '\r\n\r\n';

/**
 * Cuts what a socket receives into HTTP messages without taking them apart. Passing bytes on costs a third of what parsing and writing
 * them again with node:http does, and every table call of every function goes this way.
 */
export function eachMessage(socket: Socket, onMessage: (message: HttpMessage) => void): void {
  let rest: Buffer = Buffer.alloc(0);
  socket.on('data', (chunk: Buffer) => {
    rest = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
    for (;;) {
      const headEnd = rest.indexOf(HEAD_END);
      if (headEnd < 0) return;
      const head = rest.toString('latin1', 0, headEnd);
      const bodyStart = headEnd + HEAD_END.length;
      const end = messageEnd(head, rest, bodyStart);
      if (end === undefined || end > rest.length) return;
      const bytes = rest.subarray(0, end);
      rest = rest.subarray(end);
      try {
        onMessage({ bytes, head, bodyStart });
      } catch {
        // What cannot be read ends its own connection, not the city.
        socket.destroy();
        return;
      }
    }
  });
}

/** Where the message ends, or undefined while that cannot be told yet. */
function messageEnd(head: string, bytes: Buffer, bodyStart: number): number | undefined {
  const length = headerOf(head, 'content-length');
  if (length !== undefined) return bodyStart + Number(length);
  if (headerOf(head, 'transfer-encoding') === undefined) return bodyStart;
  for (let at = bodyStart; ; ) {
    const lineEnd = bytes.indexOf('\r\n', at);
    if (lineEnd < 0) return undefined;
    const size = Number.parseInt(bytes.toString('latin1', at, lineEnd), 16);
    at = lineEnd + 2 + size + 2;
    if (size === 0) return at;
    if (at > bytes.length) return undefined;
  }
}

/** The value of a header, by its lower-case name. */
export function headerOf(head: string, name: string): string | undefined {
  return new RegExp(`\\r\\n${name}: *([^\\r]*)`, 'i').exec(head)?.[1];
}

/** A JSON answer as bytes. */
export function jsonAnswer(status: string, body: Record<string, unknown>): Buffer {
  const text = JSON.stringify(body);
  const head = [
    `HTTP/1.1 ${status}`,
    'content-type: application/x-amz-json-1.0',
    `content-length: ${Buffer.byteLength(text)}`,
  ];
  return Buffer.from(`${head.join('\r\n')}${HEAD_END}${text}`);
}
