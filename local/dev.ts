/** `npm run dev`: the city as `npm start` runs it, with pages that reload as they are edited. */
import { join } from 'node:path';
import { createServer } from 'vite';
import { argumentsOrExit } from './arguments.ts';
import { runUntilStopped } from './run.ts';
import { repositoryRoot } from './synthesis.ts';

// Who develops wants to hear of a right that a plan forgot before a test says so.
const wanted = { ...argumentsOrExit(), checksRights: true };

await runUntilStopped(wanted, {
  async serve(city) {
    const proxy = Object.fromEntries(['/v1', '/.well-known', '/_local'].map((path) => [path, city.url]));
    const server = await createServer({
      root: join(repositoryRoot, 'web'),
      server: { port: wanted.port + 1, host: 'localhost', proxy },
    });
    await server.listen();
    return { url: server.resolvedUrls?.local[0] ?? '', stop: () => server.close() };
  },
});
