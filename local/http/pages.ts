import { readFile, stat } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { extname, join, normalize } from 'node:path';
import { acceptedEncoding, type Encoding, matchingTag } from '../../shared/http/encoding.ts';

const mediaTypes: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.ico': 'image/x-icon',
  '.jpg': 'image/jpeg',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json',
  '.map': 'application/json',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.txt': 'text/plain; charset=utf-8',
  '.webmanifest': 'application/manifest+json',
  '.webp': 'image/webp',
  '.woff2': 'font/woff2',
};

/** Files lie in `assets/` or at the top; every other address, dots or not, is a page's (`/rooms/yuhu.meeting`). */
const isFile = (path: string): boolean => path.startsWith('/assets/') || /^\/[^/]+\.[a-z0-9]+$/i.test(path);

/** How the build names what it has compressed. */
const endings: Readonly<Record<Encoding, string>> = { br: '.br', gzip: '.gz' };

/**
 * Sends a file of the web build, and `index.html` for a page's address: the rules of CloudFront in the cloud. What the build has
 * compressed is sent to those who take it.
 */
export async function sendPage(
  request: IncomingMessage,
  response: ServerResponse,
  build: string,
  path: string,
): Promise<void> {
  const wanted = isFile(path) ? normalize(path) : '/index.html';
  try {
    const found = await fileFor(join(build, wanted), acceptedEncoding(request.headers['accept-encoding']?.toString()));
    const headers = {
      etag: found.tag,
      vary: 'accept-encoding',
      // Vite puts a hash into the names of what lies in assets/.
      'cache-control': wanted.startsWith('/assets/') ? 'public, max-age=31536000, immutable' : 'no-cache',
    };
    if (matchingTag(request.headers['if-none-match'], found.tag)) {
      response.writeHead(304, headers).end();
      return;
    }
    const bytes = await readFile(found.path);
    response.writeHead(200, {
      ...headers,
      'content-type': mediaTypes[extname(wanted)] ?? 'application/octet-stream',
      'content-length': bytes.length,
      ...(found.encoding ? { 'content-encoding': found.encoding } : {}),
    });
    response.end(bytes);
  } catch {
    const text = wanted === '/index.html' ? 'The pages are not built; run: npm run build:web\n' : 'Not found\n';
    response
      .writeHead(404, { 'content-type': 'text/plain; charset=utf-8', 'content-length': Buffer.byteLength(text) })
      .end(text);
  }
}

type Found = { readonly path: string; readonly encoding: Encoding | undefined; readonly tag: string };

/** The compressed twin of a file where there is one, else the file; throws when there is neither. */
async function fileFor(path: string, encoding: Encoding | undefined): Promise<Found> {
  if (encoding) {
    try {
      return await foundAt(path + endings[encoding], encoding);
    } catch {
      // Small files have no twin.
    }
  }
  return foundAt(path, undefined);
}

async function foundAt(path: string, encoding: Encoding | undefined): Promise<Found> {
  const { size, mtimeMs } = await stat(path);
  return { path, encoding, tag: `"${Math.floor(mtimeMs).toString(36)}-${size.toString(36)}"` };
}
