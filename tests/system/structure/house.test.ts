import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { filesBelow, root } from './imports.ts';

const pages = [
  ...readdirSync(root),
  ...['docs', 'infra', 'functions', 'shared', 'import', 'local', 'web', 'tests', 'bench', 'data'].flatMap(filesBelow),
].filter((path) => path.endsWith('.md'));

/** Made by a build, so not there in a fresh checkout. */
const made = ['web/dist', 'cdk.out'];

test.each(pages)('every path that %s names is there', (page) => {
  const text = readFileSync(join(root, page), 'utf8');
  const links = [...text.matchAll(/\]\(([^)#\s]+)(?:#[^)]*)?\)/g)]
    .map((match) => match[1] ?? '')
    .filter((link) => !/^[a-z]+:/.test(link));
  const named = [
    ...text.matchAll(/`((?:infra|functions|shared|import|local|web|tests|bench|docs|data|scripts)\/[\w./-]+)`/g),
  ].map((match) => match[1] ?? '');
  const missing = [
    ...links.filter((link) => !existsSync(join(root, dirname(page), link))),
    ...named.filter((path) => !made.includes(path) && !existsSync(join(root, path))),
  ];
  expect(missing).toEqual([]);
});

test('the lock file names no registry', () => {
  expect(readFileSync(join(root, 'package-lock.json'), 'utf8')).not.toContain('"resolved"');
});

test('the lock file has every package that it names; npm ci refuses it otherwise', () => {
  const { packages } = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')) as {
    packages: Record<string, Partial<Record<'dependencies' | 'optionalDependencies', Record<string, string>>>>;
  };
  const there = new Set(Object.keys(packages).map((path) => path.slice(path.lastIndexOf('node_modules/'))));
  const named = Object.values(packages).flatMap((one) =>
    Object.keys({ ...one.dependencies, ...one.optionalDependencies }),
  );
  expect(named.filter((name) => !there.has(`node_modules/${name}`))).toEqual([]);
});

test('the README says the same in both languages: the same commands, the same links', () => {
  const sameOf = (page: string) => {
    const text = readFileSync(join(root, page), 'utf8');
    const blocks = [...text.matchAll(/```sh\n(.*?)```/gs)].map(([, block = '']) => block.replace(/ *# .*$/gm, ''));
    const links = [...text.matchAll(/\]\(([^)]+)\)/g)].map(([, link = '']) => link);
    return { blocks, links: [...new Set(links)].filter((link) => !link.startsWith('README')).sort() };
  };
  expect(sameOf('README.zh.md')).toEqual(sameOf('README.md'));
});

test('the rows of docs/features.md name tests that are there', () => {
  const text = readFileSync(join(root, 'docs/features.md'), 'utf8');
  const files = [...text.matchAll(/`(tests\/[\w./-]+\.test\.ts)`/g)].map((match) => match[1] ?? '');
  expect(files.length).toBeGreaterThan(10);
  expect(files.filter((path) => !existsSync(join(root, path)))).toEqual([]);
});
