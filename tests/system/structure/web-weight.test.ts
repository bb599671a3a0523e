import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompressSync } from 'node:zlib';
import type { Manifest } from 'vite';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { root } from './imports.ts';

/** What a connection of 400 kbit/s brings in less than three seconds. */
const FIRST_PAGE_BYTES = 148_000;
/** For the pages that residents open, and for any other: all scripts, and the bytes beside those of the first page. */
const resident = { scripts: 7, bytes: 90_000 };
const other = { scripts: 9, bytes: 140_000 };
const residentPages =
  /\/(center|session|room|rooms-week|booking|bookings|checkout|order|sign-in)-screen\.tsx$|account-menu/;

const outDir = mkdtempSync(join(tmpdir(), 'linli-web-weight-'));
/** What is built, in Chinese: the English scripts are the same but for their texts. */
let manifest: Manifest = {};
let html = '';
let start = '';

beforeAll(async () => {
  const vite = [
    'node_modules/vite/bin/vite.js',
    'build',
    'web',
    '--manifest',
    '--logLevel',
    'error',
    '--outDir',
    outDir,
  ];
  await promisify(execFile)(process.execPath, vite, { cwd: root, env: { ...process.env, NODE_ENV: 'production' } });
  manifest = JSON.parse(readFileSync(join(outDir, '.vite', 'manifest.json'), 'utf8'));
  html = readFileSync(join(outDir, 'index.html'), 'utf8');
  start = /<script src="\/(assets\/start-[^"]+)">/.exec(html)?.[1] ?? '';
}, 300_000);
afterAll(() => rmSync(outDir, { recursive: true }));

const sizes = new Map<string, number>();
function bytesOf(files: Iterable<string>): number {
  let sum = 0;
  for (const file of files) {
    const size = sizes.get(file) ?? brotliCompressSync(readFileSync(join(outDir, file))).length;
    sizes.set(file, size);
    sum += size;
  }
  return sum;
}

/** All that is loaded for these scripts to run. */
function loadedFor(...names: string[]): { scripts: Set<string>; styles: Set<string> } {
  const [scripts, styles] = [new Set<string>(), new Set<string>()];
  for (let name = names.pop(); name !== undefined; name = names.pop()) {
    const chunk = manifest[name];
    if (!chunk || scripts.has(chunk.file)) continue;
    scripts.add(chunk.file);
    for (const style of chunk.css ?? []) styles.add(style);
    names.push(...(chunk.imports ?? []));
  }
  return { scripts, styles };
}

const first = 'index.html';
const screens = (): string[] => Object.keys(manifest).filter((name) => manifest[name]?.isDynamicEntry);

test('the first page shows from few bytes', () => {
  const { scripts, styles } = loadedFor(first);
  expect(styles.size).toBeGreaterThan(0);
  expect(bytesOf(['index.html', start, ...scripts, ...styles])).toBeLessThan(FIRST_PAGE_BYTES);
});

test('any other page loads few scripts, and not much', () => {
  expect(screens().length).toBeGreaterThan(40);
  const before = loadedFor(first);
  for (const screen of screens()) {
    const { scripts, styles } = loadedFor(screen, first);
    const most = residentPages.test(screen) ? resident : other;
    // The one that shows the page as it was drawn is in no list of the bundler's.
    expect(scripts.size + 1, screen).toBeLessThanOrEqual(most.scripts);
    const more = [...scripts, ...styles].filter((file) => !before.scripts.has(file) && !before.styles.has(file));
    expect(bytesOf(more), screen).toBeLessThan(most.bytes);
  }
});

test('no two scripts need each other', () => {
  for (const [name, { file, imports = [] }] of Object.entries(manifest))
    for (const needed of imports) expect(loadedFor(needed).scripts, `${name} <-> ${needed}`).not.toContain(file);
});

test('the page itself has nothing that a content security policy refuses', () => {
  expect(html).not.toMatch(/<style|\sstyle=|\son\w+=|<script(?![^>]*\ssrc=)/);
  const script = readFileSync(join(outDir, start), 'utf8');
  expect(script).toContain('今天需要什么？');
  expect(script).toContain('What do you need today?');
  expect(script).not.toMatch(/<style|\sstyle=\\?"/);
});

test('what the build draws wears classes that its styles have', () => {
  const styles = [...loadedFor(first).styles].map((file) => readFileSync(join(outDir, file), 'utf8')).join('');
  const drawn = readFileSync(join(outDir, start), 'utf8').matchAll(/class=\\?"([^"\\]+)/g);
  const names = new Set([...drawn].flatMap(([, list = '']) => list.split(' ')));
  const ours = [...names].filter((name) => /^[\w-]{5,7}$/.test(name) && !/^m_|^active$|^card$/.test(name));
  expect(ours.length).toBeGreaterThan(20);
  expect(ours.filter((name) => !styles.includes(`.${name}`))).toEqual([]);
});
