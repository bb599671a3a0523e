import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { bundleFunctions } from '../../../infra/constructs/bundles.ts';
import { withPureValues } from '../../../infra/constructs/unused-schemas.ts';
import { functionPlans } from '../../../infra/plans.ts';

const scratch = mkdtempSync(join(tmpdir(), 'linli-bundles-'));
afterAll(() => rmSync(scratch, { recursive: true }));

async function bundleOf(module: string, clients: 'light' | 'sdk'): Promise<string> {
  const folder = join(scratch, clients);
  const plans = functionPlans.filter((plan) => plan.module === module && plan.entry === 'handler');
  await bundleFunctions(plans, folder, { clients });
  return readFileSync(join(folder, module, 'index.cjs'), 'utf8');
}

test('the bundle of what a person waits for is small, and one setting puts the SDK back', async () => {
  const [light, sdk] = [await bundleOf('rooms', 'light'), await bundleOf('rooms', 'sdk')];
  const marks = ['clockSkewCorrected', 'DynamoDB_20120810', 'TrentService'];
  expect(marks.filter((mark) => light.includes(mark))).toEqual(['DynamoDB_20120810', 'TrentService']);
  expect(marks.filter((mark) => sdk.includes(mark))).toEqual(marks);
  expect(Buffer.byteLength(light)).toBeLessThan(280_000);
  expect(Buffer.byteLength(sdk)).toBeGreaterThan(500_000);
});

test('schemas that a function does not ask for are not in its bundle', async () => {
  const rule = 'must be an 18-character resident ID';
  expect((await bundleOf('people', 'light')).includes(rule)).toBe(true);
  expect((await bundleOf('rooms', 'light')).includes(rule)).toBe(false);
});

test('only values of the top level that a call makes are said to do nothing else', () => {
  const text = [
    "import * as z from 'zod';",
    'export const one = z.string().trim();',
    'const list = [z.int()] as const;',
    'export const two: Schema = extended(one, { list });',
    'export function made() { const inner = z.int(); return inner; }',
    'made();',
  ];
  const marked = [...text];
  marked[1] = 'export const one = /* @__PURE__ */ (() => z.string().trim())();';
  marked[3] = 'export const two: Schema = /* @__PURE__ */ (() => extended(one, { list }))();';
  expect(withPureValues(text.join('\n'))).toBe(marked.join('\n'));
});
