import { appendFileSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { keptList } from '../../../local/kept-list.ts';

describe('what is kept line by line', () => {
  let folder: string;
  const open = () => keptList<number>(join(folder, 'kept.jsonl'), 3, join(folder, 'kept.json'));
  const lines = () => readFileSync(join(folder, 'kept.jsonl'), 'utf8').split('\n').length - 1;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'linli-lines-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it('is read newest first, and again after a restart', () => {
    const kept = open();
    kept.add([1]);
    kept.add([2, 3]);
    kept.add([4]);
    expect(kept.read()).toEqual([4, 3, 2]);
    expect(open().read()).toEqual([4, 3, 2]);
  });

  it('appends, and writes the file anew when it has grown to five times what is kept', () => {
    const kept = open();
    for (let value = 1; value <= 15; value += 1) kept.add([value]);
    expect(lines()).toBe(15);
    kept.add([16]);
    expect([lines(), kept.read()]).toEqual([3, [16, 15, 14]]);
  });

  it('loses only the line that a crash cut short', () => {
    open().add([1, 2]);
    appendFileSync(join(folder, 'kept.jsonl'), '3');
    const kept = open();
    kept.add([4]);
    expect(open().read()).toEqual([4, 2, 1]);
  });

  it('takes over the file of an older release', () => {
    writeFileSync(join(folder, 'kept.json'), '[3,2,1]');
    open().add([4]);
    expect(open().read()).toEqual([4, 3, 2]);
    expect(existsSync(join(folder, 'kept.json'))).toBe(false);
  });

  it('says so when it is damaged', () => {
    writeFileSync(join(folder, 'kept.jsonl'), '{\n1\n');
    expect(open).toThrow('is damaged; start with --fresh');
  });
});
