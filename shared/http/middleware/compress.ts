import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import { acceptedEncoding, COMPRESSED_FROM_BYTES, type Encoding } from '../encoding.ts';
import { type Event, exchangeOf, type Middleware, type Result } from '../exchange.ts';

const compressed: Readonly<Record<Encoding, (body: Buffer) => Buffer>> = {
  // 4 takes the time of gzip and gives a seventh less; more costs more than the network saves.
  br: (body) =>
    brotliCompressSync(body, {
      params: { [constants.BROTLI_PARAM_QUALITY]: 4, [constants.BROTLI_PARAM_SIZE_HINT]: body.length },
    }),
  gzip: (body) => gzipSync(body),
};

/**
 * Compresses what is long enough by what the caller takes. It is done here and not at the edge, which compresses nothing that it may not
 * keep, and our answers are one person's own.
 */
export function compress(): Middleware {
  const end = ({ event, response }: { event: Event; response: Result | null | undefined }): void => {
    if (!response) return;
    const headers = { ...response.headers, vary: 'accept-encoding' };
    response.headers = headers;
    const encoding = acceptedEncoding(event.headers['accept-encoding']);
    const body = Buffer.from(response.body ?? '');
    if (!encoding || body.length < COMPRESSED_FROM_BYTES) return;
    const { etag } = response.headers;
    response.headers = {
      ...headers,
      'content-encoding': encoding,
      // Other bytes under the same name make the name a weak one. A version names what is shown, and `If-Match` sends it back.
      ...(etag && !exchangeOf(event).route?.endpoint.version ? { etag: `W/${etag}` } : {}),
    };
    response.body = compressed[encoding](body).toString('base64');
    response.isBase64Encoded = true;
  };
  return { after: end, onError: end };
}
