import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { StartProblem } from '../../problem.ts';

/** DynamoDB keeps stream records for 24 hours. */
const KEPT_FOR_SECONDS = 86_400;
const BUSY_FOR_MS = 5_000;

/**
 * Gives dynoxide's stream records an index over their order. Before each write it asks for the highest number so far, and before each
 * read for those above one; without the index both look at every record there is. The other columns answer where a shard begins and
 * ends from the index alone.
 */
export function indexStream(file: string): void {
  withDatabase(file, (database) =>
    database.exec(
      `CREATE INDEX IF NOT EXISTS linli_stream_order
       ON _stream_records (table_name, CAST(sequence_number AS INTEGER), shard_id, sequence_number)`,
    ),
  );
}

/**
 * Removes the stream records that are older than 24 hours and that every reader has read; what one has not read stays however old it
 * is, as a machine may have been off for days. The last record of a table stays too: numbers go on from it, and readers stand there.
 * `checkpoints` is the folder with a file a reader, `{ shard: last number read }`; without any reader nothing is removed.
 */
export function trimStream(file: string, checkpoints: string | undefined, nowMs: number): void {
  const readers = checkpoints ? readCheckpoints(checkpoints) : [];
  if (readers.length === 0) return;
  withDatabase(file, (database) => {
    const shards = database.prepare('SELECT DISTINCT table_name, shard_id FROM _stream_records').all();
    const trim = database.prepare(
      `DELETE FROM _stream_records WHERE table_name = :table AND shard_id = :shard AND created_at < :before
         AND CAST(sequence_number AS INTEGER) <= :readByAll
         AND CAST(sequence_number AS INTEGER) <
             (SELECT MAX(CAST(sequence_number AS INTEGER)) FROM _stream_records WHERE table_name = :table)`,
    );
    for (const { table_name: table, shard_id: shard } of shards) {
      const readByAll = Math.min(...readers.map((reader) => Number(reader[String(shard)] ?? 0)));
      const before = Math.floor(nowMs / 1_000) - KEPT_FOR_SECONDS;
      trim.run({ table: table ?? '', shard: shard ?? '', before, readByAll });
    }
  });
}

function readCheckpoints(folder: string): Readonly<Record<string, string>>[] {
  if (!existsSync(folder)) return [];
  const files = readdirSync(folder).filter((name) => name.endsWith('.json'));
  return files.map((name) => {
    try {
      return JSON.parse(readFileSync(join(folder, name), 'utf8'));
    } catch {
      // Its reader says that it is damaged; for now it has read nothing.
      return {};
    }
  });
}

function withDatabase(file: string, work: (database: DatabaseSync) => void): void {
  const database = new DatabaseSync(file, { timeout: BUSY_FOR_MS });
  try {
    work(database);
  } catch (error) {
    throw new StartProblem(`The database ${file} is not sound: ${error instanceof Error ? error.message : error}`);
  } finally {
    database.close();
  }
}
