import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { argumentsFrom } from '../../../local/arguments.ts';
import { startEngine } from '../../../local/table/engine.ts';
import { DYNAMODB_LOCAL_FILE } from '../../../local/table/engines/dynamodb-local.ts';
import { DYNOXIDE_FILE } from '../../../local/table/engines/dynoxide.ts';
import { indexStream, trimStream } from '../../../local/table/engines/stream-records.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'linli-engine-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

describe('the engine of the table', () => {
  test('is named on the command line, or left to what is there', () => {
    expect(argumentsFrom([]).engine).toBeUndefined();
    expect(argumentsFrom(['--engine', 'dynamodb-local']).engine).toBe('dynamodb-local');
    expect(() => argumentsFrom(['--engine', 'sqlite'])).toThrow('there are dynoxide and dynamodb-local');
  });

  test.each([
    [DYNOXIDE_FILE, 'dynamodb-local', 'were written by dynoxide'],
    [DYNAMODB_LOCAL_FILE, 'dynoxide', 'were written by dynamodb-local'],
  ] as const)('refuses a folder with %s to %s in one line', async (file, engine, line) => {
    await writeFile(join(folder, file), '');
    await expect(startEngine({ folder, engine })).rejects.toThrow(line);
  });

  test('says of a file that is no database which it is', async () => {
    const file = join(folder, DYNOXIDE_FILE);
    await writeFile(file, 'half a file'.repeat(100));
    expect(() => indexStream(file)).toThrow(`The database ${file} is not sound`);
  });
});

describe('stream records of dynoxide', () => {
  const shard = 'shardId-00000001-any';

  /** Six records on the stream of a table, the first three of them old. */
  function sixRecords(): string {
    const file = join(folder, DYNOXIDE_FILE);
    const database = new DatabaseSync(file);
    database.exec(
      `CREATE TABLE _stream_records (id INTEGER PRIMARY KEY AUTOINCREMENT, table_name TEXT NOT NULL,
         sequence_number TEXT NOT NULL, shard_id TEXT NOT NULL, created_at INTEGER NOT NULL)`,
    );
    const insert = database.prepare(
      'INSERT INTO _stream_records (table_name, sequence_number, shard_id, created_at) VALUES (?, ?, ?, ?)',
    );
    const nowSeconds = Math.floor(Date.now() / 1_000);
    for (const number of [1, 2, 3, 4, 5, 6]) {
      insert.run('any', String(number), shard, number <= 3 ? nowSeconds - 90_000 : nowSeconds);
    }
    database.close();
    indexStream(file);
    return file;
  }

  const left = (file: string): unknown[] => {
    const database = new DatabaseSync(file, { readOnly: true });
    const numbers = database.prepare('SELECT sequence_number AS number FROM _stream_records ORDER BY id').all();
    database.close();
    return numbers.map(({ number }) => number);
  };

  test('go when they are older than 24 hours and every reader has read them', async () => {
    const file = sixRecords();
    const now = Date.now();
    trimStream(file, folder, now);
    expect(left(file), 'without a reader').toHaveLength(6);
    await writeFile(join(folder, 'one.json'), JSON.stringify({ [shard]: '6' }));
    await writeFile(join(folder, 'other.json'), JSON.stringify({ [shard]: '2' }));
    trimStream(file, folder, now);
    expect(left(file)).toEqual(['3', '4', '5', '6']);
    await writeFile(join(folder, 'other.json'), JSON.stringify({ [shard]: '6' }));
    trimStream(file, folder, now);
    expect(left(file)).toEqual(['4', '5', '6']);
    trimStream(file, folder, now + 48 * 3_600_000);
    expect(left(file), 'numbers go on from the last').toEqual(['6']);
  });

  test('are found by their number without a look at all of them', () => {
    const file = sixRecords();
    const database = new DatabaseSync(file);
    const highest = 'SELECT MAX(CAST(sequence_number AS INTEGER)) FROM _stream_records WHERE table_name = ?';
    const [plan] = database.prepare(`EXPLAIN QUERY PLAN ${highest}`).all('any');
    database.close();
    expect(plan?.['detail']).toMatch(/^SEARCH .* USING COVERING INDEX linli_stream_order/);
  });
});
