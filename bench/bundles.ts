import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { textTable } from './measure.ts';

const kilobytes = (bytes: number): number => Math.round(bytes / 102.4) / 10;

/** Milliseconds a fresh Node takes to load the module, less what it takes to load nothing; the middle of five. */
function loadMs(path: string): number {
  const script = (target: string) =>
    `const t=performance.now();await import(${JSON.stringify(target)});console.log(performance.now()-t)`;
  const timed = (target: string) => {
    const env = { ...process.env, TABLE_NAME: 'x', TENANTS: 'putian', LINLI_LOCAL: '1' };
    const { stdout } = spawnSync(process.execPath, ['--input-type=module', '-e', script(target)], {
      encoding: 'utf8',
      env,
    });
    return Number(stdout.trim().split('\n').at(-1));
  };
  const times = Array.from({ length: 5 }, () => timed(path)).sort((a, b) => a - b);
  return Math.round((times[2] ?? Number.NaN) * 10) / 10;
}

/** Bytes and load time of each function's bundle, as it is deployed. `bundles` maps a function's name to its folder. */
export function benchBundles(bundles: Readonly<Record<string, string>>): string {
  const rows: (string | number)[][] = [['function', 'KB', 'KB gzipped', 'load ms']];
  for (const [name, folder] of Object.entries(bundles)) {
    const file = readdirSync(folder).find((entry) => entry.endsWith('.mjs'));
    if (!file) throw new Error(`no bundle in ${folder}`);
    const content = readFileSync(join(folder, file));
    rows.push([name, kilobytes(content.length), kilobytes(gzipSync(content).length), loadMs(join(folder, file))]);
  }
  return textTable(rows);
}
