import { inParallel } from '../shared/kernel/in-parallel.ts';

/** One operation's figures over a run. Machines are noisy: medians of rounds, and ratios to the raw calls of the same rounds. */
export type Figures = { readonly perSecond: number; readonly cpuMs: number };

const ROUNDS = 5;

const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;

/** Runs `count` operations, `atOnce` of them at a time; answers how many a second and this process's own CPU time for each. */
async function round(count: number, atOnce: number, operation: (index: number) => Promise<unknown>): Promise<Figures> {
  const cpuBefore = process.cpuUsage();
  const startedAt = performance.now();
  const indexes = Array.from({ length: count }, (_, index) => index);
  await inParallel(indexes, atOnce, operation);
  const seconds = (performance.now() - startedAt) / 1000;
  const { user, system } = process.cpuUsage(cpuBefore);
  return { perSecond: count / seconds, cpuMs: (user + system) / 1000 / count };
}

/** The operation and its raw twin in turn, round by round, so that a change of the machine's mood hits both. */
export async function besideRaw(
  operation: (index: number) => Promise<unknown>,
  raw: () => Promise<unknown>,
  { count = 60, atOnce = 8 } = {},
): Promise<{ ours: Figures; raw: Figures; ratio: number; ownCpuMs: number }> {
  const rounds: { ours: Figures; raw: Figures }[] = [];
  let index = 0;
  for (let done = 0; done <= ROUNDS; done += 1) {
    const ours = await round(count, atOnce, () => operation(index++));
    const twin = await round(count, atOnce, raw);
    if (done > 0) rounds.push({ ours, raw: twin }); // the first round warms up
  }
  const of = (pick: (figures: { ours: Figures; raw: Figures }) => number) => median(rounds.map(pick));
  return {
    ours: { perSecond: of(({ ours }) => ours.perSecond), cpuMs: of(({ ours }) => ours.cpuMs) },
    raw: { perSecond: of(({ raw: twin }) => twin.perSecond), cpuMs: of(({ raw: twin }) => twin.cpuMs) },
    ratio: of(({ ours, raw: twin }) => ours.perSecond / twin.perSecond),
    ownCpuMs: of(({ ours, raw: twin }) => ours.cpuMs - twin.cpuMs),
  };
}

/** A table of text, columns padded. */
export function textTable(rows: readonly (readonly (string | number)[])[]): string {
  const cells = rows.map((row) =>
    row.map((cell) => (typeof cell === 'number' ? cell.toFixed(2).replace(/\.00$/, '') : cell)),
  );
  const widths = (cells[0] ?? []).map((_, column) => Math.max(...cells.map((row) => row[column]?.length ?? 0)));
  return cells
    .map((row) =>
      row
        .map((cell, column) => (column === 0 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0)))
        .join('  '),
    )
    .join('\n');
}
