import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import react from '@vitejs/plugin-react';
import { build } from 'vite';
import type { draw } from '../src/app/drawn.tsx';
import { type Language, languages } from './read-texts.ts';
import { shortClasses } from './short-classes.ts';

export type Drawn = Awaited<ReturnType<typeof draw>>;

/** As much of a browser as the pages ask for before they show anything. */
const program = (address: string, language: Language) => `
  globalThis.localStorage = { getItem: () => ${JSON.stringify(JSON.stringify({ language }))} };
  globalThis.document = { documentElement: { style: {}, dataset: {} } };
  globalThis.addEventListener = () => undefined;
  const { draw } = await import(${JSON.stringify(address)});
  delete globalThis.document;
  console.log(JSON.stringify(await draw()));
  process.exit(0);`;

/** The frame and the first page in each language, drawn by the very components that take their place; styled by the same classes. */
export async function drawPages(root: string): Promise<Record<Language, Drawn>> {
  const outDir = await mkdtemp(join(tmpdir(), 'linli-drawn-'));
  try {
    await build({
      root,
      configFile: false,
      publicDir: false,
      logLevel: 'error',
      plugins: [react(), shortClasses],
      ssr: { noExternal: true },
      build: {
        ssr: join(root, 'src/app/drawn.tsx'),
        outDir,
        emptyOutDir: true,
        rolldownOptions: { output: { entryFileNames: 'drawn.mjs' } },
      },
    });
    const address = pathToFileURL(join(outDir, 'drawn.mjs')).href;
    const run = promisify(execFile);
    const [zh, en] = await Promise.all(
      languages.map(async (language): Promise<Drawn> => {
        const { stdout } = await run(process.execPath, ['--input-type=module', '-e', program(address, language)], {
          env: { ...process.env, NODE_ENV: 'production' },
        });
        return JSON.parse(stdout);
      }),
    );
    if (!zh || !en) throw new Error('a language was not drawn');
    return { zh, en };
  } finally {
    await rm(outDir, { recursive: true, force: true });
  }
}
