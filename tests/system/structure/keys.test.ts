import { expect, test } from 'vitest';
import { type Key, keys } from '../../../shared/table/keys.ts';

type Builder = (...sample: never[]) => Key | string;

/** What a builder reads out of an argument must be there; everything else is told apart by its place. */
const samples: Readonly<Record<string, string>> = {
  sessionId: 'c1.p1.o1.20260105t0900',
  roomId: 'c1.r1',
  offeringId: 'c1.p1.o1',
  date: '2026-01-05',
  name: 'standing',
};
const numbers = ['place', 'version', 'number', 'shard', 'page', 'dueAtEpochSeconds'];

function sampleOf(parameter: string, at: number): string | number {
  return numbers.includes(parameter) ? 7_000 + at : (samples[parameter] ?? `~${at}${parameter}`);
}

/** Letters in capitals are what a builder says itself; all else came in. */
const shapeOf = (text: string): string[] => text.split('#').map((part) => (/^[A-Z]+$/.test(part) ? part : '*'));

type Shape = { readonly builder: string; readonly pk: string[]; readonly sk: string };

const shapes: Shape[] = Object.entries(keys).flatMap(([area, builders]) =>
  Object.entries<Builder>(builders).flatMap(([name, build]) => {
    const parameters = /^\(([^)]*)\)/.exec(build.toString())?.[1]?.split(',') ?? [];
    const key = build(...(parameters.map((parameter, at) => sampleOf(parameter.trim(), at)) as never[]));
    // A partition alone is read, never written: many may read one.
    if (typeof key === 'string') return [];
    return [{ builder: `${area}.${name}`, pk: shapeOf(key.pk), sk: shapeOf(key.sk)[0] ?? '' }];
  }),
);

/** An id holds no `#` but may read like a word, so `*` meets everything. */
const meet = (a: string | undefined, b: string | undefined) => a === b || a === '*' || b === '*';
const share = (a: Shape, b: Shape): boolean =>
  a.pk.length === b.pk.length && a.pk.every((part, at) => meet(part, b.pk[at])) && meet(a.sk, b.sk);

const doublesIn = (all: readonly Shape[]): string[] =>
  all.flatMap((a, at) => all.slice(at + 1).flatMap((b) => (share(a, b) ? [`${a.builder} = ${b.builder}`] : [])));

test('every builder of a key was called', () => {
  expect(shapes.length).toBeGreaterThan(45);
  expect(shapes.filter(({ pk }) => !/^[A-Z]+$/.test(pk[1] ?? '')).map(({ builder }) => builder)).toEqual([]);
});

test('no two builders make the same partition and prefix of a sort key', () => {
  expect(doublesIn(shapes)).toEqual([]);
});

test('two that would are told', () => {
  const shape = (builder: string, pk: string, sk: string) => ({ builder, pk: shapeOf(pk), sk: shapeOf(sk)[0] ?? '' });
  const [row, day, any] = [
    shape('a.row', 't#AGENDA#~1', 'BOOKING#~2'),
    shape('b.day', 't#AGENDA#~1', 'DAY#~2'),
    shape('c.any', 't#AGENDA#~1', '~2'),
  ];
  expect(doublesIn([row, day])).toEqual([]);
  expect(doublesIn([row, { ...row, builder: 'b.row' }])).toEqual(['a.row = b.row']);
  expect(doublesIn([row, any])).toEqual(['a.row = c.any']);
});
