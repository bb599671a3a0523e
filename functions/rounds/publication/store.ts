import type { Authorized } from '../../../shared/access/authorize.ts';
import type { PublishedApplication, RoundId } from '../../../shared/contracts/rounds.ts';
import { putMany } from '../../../shared/table/bulk.ts';
import { type Key, keys } from '../../../shared/table/keys.ts';
import { queryAll, queryPage } from '../../../shared/table/read.ts';
import type { Ballot } from '../draw/rules/draw.ts';
import { drawnPageItem, listPageItem } from './items.ts';

/** Rows of one item: at most about 150 KB, where an item may have 400. */
const ROWS_A_PAGE = 1_000;
/** Items of one answer, so that it stays well below what a function may answer (6 MB). */
const PAGES_AN_ANSWER = 5;

const pagesOf = <R>(rows: readonly R[]): R[][] =>
  Array.from({ length: Math.ceil(rows.length / ROWS_A_PAGE) }, (_, page) =>
    rows.slice(page * ROWS_A_PAGE, (page + 1) * ROWS_A_PAGE),
  );

/** Writes one shard of the list that will be drawn. Nothing of it changes any more, so writing it twice changes nothing. */
export async function writeList(
  by: Authorized,
  roundId: RoundId,
  shard: number,
  ballots: readonly Ballot[],
): Promise<void> {
  await putMany(
    pagesOf(ballots).map((rows, page) => ({
      key: keys.rounds.drawList(by.tenantId, roundId, shard, page),
      item: { rows },
    })),
  );
}

export async function listOfRound(by: Authorized, roundId: RoundId): Promise<Ballot[]> {
  const pages = await queryAll({ pk: keys.rounds.partition(by.tenantId, roundId), begins: 'LIST#' }, listPageItem);
  return pages.flatMap(({ rows }) => rows);
}

/** Writes the result, by code. It follows from the list, the places and the seed, so writing it twice changes nothing. */
export async function writeDrawn(
  by: Authorized,
  roundId: RoundId,
  drawn: readonly PublishedApplication[],
): Promise<void> {
  await putMany(
    pagesOf(drawn).map((rows) => ({
      key: keys.rounds.drawn(by.tenantId, roundId, rows[0]?.code ?? ''),
      item: { rows },
    })),
  );
}

export async function readDrawn(by: Authorized, roundId: RoundId): Promise<PublishedApplication[]> {
  const pages = await queryAll({ pk: keys.rounds.partition(by.tenantId, roundId), begins: 'DRAWN#' }, drawnPageItem);
  return pages.flatMap(({ rows }) => rows);
}

/** What came of these applications, by code: of each the one page that it must stand on. */
export async function readDrawnRows(
  by: Authorized,
  roundId: RoundId,
  codes: readonly string[],
): Promise<ReadonlyMap<string, PublishedApplication>> {
  const pk = keys.rounds.partition(by.tenantId, roundId);
  const rows = await Promise.all(
    codes.map(async (code) => {
      const between = ['DRAWN#', keys.rounds.drawn(by.tenantId, roundId, code).sk] as const;
      const page = await queryPage({ pk, between, newestFirst: true, limit: 1, relaxed: true }, drawnPageItem);
      return page.items[0]?.rows.find((row) => row.code === code);
    }),
  );
  return new Map(rows.flatMap((row) => (row ? [[row.code, row]] : [])));
}

/** A few pages of the result, and where the next ones begin. */
export async function readDrawnPage(by: Authorized, roundId: RoundId, after: Key | undefined) {
  const range = {
    pk: keys.rounds.partition(by.tenantId, roundId),
    begins: 'DRAWN#',
    limit: PAGES_AN_ANSWER,
    relaxed: true,
    after,
  };
  const { items, last } = await queryPage(range, drawnPageItem);
  return { rows: items.flatMap(({ rows }) => rows), last };
}
