/** `node scripts/keep-release.ts <name>`: keeps the data of this checkout's code, so that later code is tested on them. */
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { keepRelease } from '../tests/support/release/keep.ts';

const [name = ''] = process.argv.slice(2);
const folder = fileURLToPath(new URL(`../tests/fixtures/data-${name}`, import.meta.url));
if (!/^[\w.-]+$/.test(name) || existsSync(folder)) {
  console.error('node scripts/keep-release.ts <name of a release that nothing is kept of>');
  process.exit(1);
}
await keepRelease(folder, console.log);
