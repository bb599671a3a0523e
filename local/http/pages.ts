import { readFile } from 'node:fs/promises';
import type { ServerResponse } from 'node:http';
import { extname, join, normalize } from 'node:path';

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

/** Sends a file of the web build, and `index.html` for a page's address: the rules of CloudFront in the cloud. Returns the status. */
export async function sendPage(response: ServerResponse, build: string, path: string): Promise<number> {
  const wanted = isFile(path) ? normalize(path) : '/index.html';
  try {
    const bytes = await readFile(join(build, wanted));
    response.writeHead(200, {
      'content-type': mediaTypes[extname(wanted)] ?? 'application/octet-stream',
      'content-length': bytes.length,
      // Vite puts a hash into the names of what lies in assets/.
      'cache-control': wanted.startsWith('/assets/') ? 'public, max-age=31536000, immutable' : 'no-cache',
    });
    response.end(bytes);
    return 200;
  } catch {
    const text = wanted === '/index.html' ? 'The pages are not built; run: npm run build:web\n' : 'Not found\n';
    response.writeHead(404, { 'content-type': 'text/plain; charset=utf-8' }).end(text);
    return 404;
  }
}
