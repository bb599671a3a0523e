import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'vite';
import { afterAll, describe, expect, test } from 'vitest';
import { bundleFunctions } from '../../../infra/constructs/bundles.ts';
import { functionPlans } from '../../../infra/plans.ts';
import { NOTICES_FILE, noticesOf } from '../../../scripts/notices.ts';
import viteConfig from '../../../web/vite.config.ts';
import { root } from './imports.ts';

const scratch = mkdtempSync(join(tmpdir(), 'linli-notices-'));
afterAll(() => rmSync(scratch, { recursive: true }));

/** A file of a package that exists for one test. */
function fileOf(name: string, stated: Record<string, unknown>, text?: string): string {
  const folder = join(scratch, 'node_modules', name);
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ name, version: '1.2.3', ...stated }));
  if (text !== undefined) writeFileSync(join(folder, 'LICENSE'), text);
  return join(folder, 'index.js');
}

describe('the notices of what is shipped', () => {
  test('name each package once, with the text of its license, and nothing of our own', () => {
    const one = fileOf('one', { license: 'MIT' }, 'Copyright (c) One');
    const text = noticesOf([one, one, '\0virtual', 'shared/kernel/money.ts']);
    expect(text.match(/one 1\.2\.3 \(MIT\)/g)).toHaveLength(1);
    expect(text).toContain('Copyright (c) One');
    expect(text).not.toContain('money');
  });

  test('say once what several packages say alike', () => {
    const two = ['two-a', 'two-b'].map((name) => fileOf(name, { license: 'ISC' }, 'Copyright (c) Two'));
    expect(noticesOf(two).match(/Copyright \(c\) Two/g)).toHaveLength(1);
  });

  test('give the terms of MIT where a package names only the license', () => {
    expect(noticesOf([fileOf('bare', { license: 'MIT', author: { name: 'Bare' } })])).toContain('Copyright (c) Bare');
  });

  test.each([
    ['forbids commercial use', { license: 'CC-BY-NC-4.0' }],
    ['asks for more than a notice', { license: 'AGPL-3.0-only' }],
    ['is not stated', {}],
    ['stands in a file of its own', { license: 'SEE LICENSE IN LICENSE' }],
    ['holds together with one that is refused', { license: '(MIT AND CC-BY-NC-4.0)' }],
  ])('are refused when a license %s', (_, stated) => {
    expect(() => noticesOf([fileOf('refused', stated, 'text')])).toThrow(/not to be shipped.*refused 1\.2\.3/);
  });

  test('take one of several licenses to choose from', () => {
    expect(noticesOf([fileOf('either', { license: '(GPL-2.0 OR MIT)' }, 'text')])).toContain('either 1.2.3');
  });

  test('are refused when a license has no text', () => {
    expect(() => noticesOf([fileOf('no-text', { license: 'ISC' })])).toThrow(/no-text 1\.2\.3 .* no license text/);
  });
});

test('lie beside the bundle of every function', () => {
  const folder = join(scratch, 'bundles');
  bundleFunctions(
    functionPlans.filter(({ module }) => module === 'rooms'),
    folder,
  );
  expect(readFileSync(join(folder, 'rooms', NOTICES_FILE), 'utf8')).toMatch(/^zod \d/m);
});

test('lie at the top of the pages', async () => {
  const entry = join(root, 'web', 'src', 'lib', 'i18n.ts');
  const outDir = join(scratch, 'pages');
  await build({
    ...viteConfig,
    configFile: false,
    publicDir: false,
    logLevel: 'error',
    build: { ...viteConfig.build, outDir, lib: { entry, formats: ['es'], fileName: 'i18n' } },
  });
  expect(readFileSync(join(outDir, NOTICES_FILE), 'utf8')).toMatch(/^react \d/m);
});
