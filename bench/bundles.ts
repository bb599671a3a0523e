import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { bundleFunctions, functionName } from '../infra/constructs/bundles.ts';
import { functionPlans } from '../infra/plans.ts';
import { textTable } from './measure.ts';

const kilobytes = (bytes: number): number => Math.round(bytes / 102.4) / 10;
const MEASUREMENTS = 5;

/** Milliseconds of CPU that a fresh Node on one core takes to load the bundle as in the cloud, where TLS is loaded with it. */
function loadCpuMs(path: string): number {
  const script =
    `const before=process.cpuUsage();require(${JSON.stringify(path)});` +
    'const {user,system}=process.cpuUsage(before);console.log((user+system)/1000)';
  const env = { PATH: process.env['PATH'], TABLE_NAME: 'x', TENANTS: 'putian', AWS_REGION: 'cn-northwest-1' };
  const { stdout } = spawnSync('taskset', ['-c', '0', process.execPath, '-e', script], { encoding: 'utf8', env });
  return Number(stdout.trim());
}

const middle = (values: readonly number[]): number =>
  Math.round(([...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN) * 10) / 10;

/**
 * Bytes and load of each function's bundle as it is deployed, beside the same with the SDK's own clients in it, measured in turn. `bundles`
 * maps a function's name to its folder.
 */
export async function benchBundles(bundles: Readonly<Record<string, string>>): Promise<string> {
  const withSdk = mkdtempSync(join(tmpdir(), 'linli-bundles-'));
  try {
    await bundleFunctions(functionPlans, withSdk, { clients: 'sdk' });
    const rows: (string | number)[][] = [
      ['function', 'KB', 'KB gzipped', 'load CPU ms', 'with the SDK: KB', 'load CPU ms'],
    ];
    for (const name of functionPlans.map(functionName)) {
      const files = [bundles[name] ?? '', join(withSdk, name)].map((folder) => join(folder, 'index.cjs'));
      const loads = files.map((): number[] => []);
      for (let round = 0; round < MEASUREMENTS; round += 1)
        for (const [at, file] of files.entries()) loads[at]?.push(loadCpuMs(file));
      const [own = 0, sdk = 0] = files.map((file) => statSync(file).size);
      const [ownMs = 0, sdkMs = 0] = loads.map(middle);
      const gzipped = gzipSync(readFileSync(files[0] ?? '')).length;
      rows.push([name, kilobytes(own), kilobytes(gzipped), ownMs, kilobytes(sdk), sdkMs]);
    }
    return textTable(rows);
  } finally {
    rmSync(withSdk, { recursive: true });
  }
}
