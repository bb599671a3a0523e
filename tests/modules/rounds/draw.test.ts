import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Ballot, draw, lotOf } from '../../../functions/rounds/draw/rules/draw.ts';
import type { PublishedApplication } from '../../../shared/contracts/rounds.ts';

const seed = 'ab'.repeat(32);
const code = (index: number) => `a${String(index).padStart(16, '0')}`;

/** A round of up to 6 sessions and 25 applications of 1 to 3 children. */
const round = fc
  .record({ sessions: fc.integer({ min: 1, max: 6 }), seed: fc.stringMatching(/^[0-9a-f]{64}$/) })
  .chain(({ sessions, seed }) =>
    fc.record({
      seed: fc.constant(seed),
      places: fc.array(fc.integer({ min: 0, max: 6 }), { minLength: sessions, maxLength: sessions }),
      ballots: fc
        .array(
          fc.record({
            group: fc.constantFrom(null, 1, 2),
            size: fc.integer({ min: 1, max: 3 }),
            wishes: fc.uniqueArray(fc.integer({ min: 1, max: sessions }), { minLength: 1, maxLength: sessions }),
          }),
          { maxLength: 25 },
        )
        .map((rows) => rows.map((row, index): Ballot => ({ code: code(index), ...row }))),
    }),
  );

const inOrder = (rows: readonly PublishedApplication[]) => [...rows].sort((a, b) => a.order - b.order);

describe('the draw', () => {
  test('never gives more places than there are, and only what was wished', () => {
    fc.assert(
      fc.property(round, ({ seed, places, ballots }) => {
        const drawn = draw(seed, places, ballots);
        for (const [index, capacity] of places.entries()) {
          const winners = drawn.filter(({ place }) => place === index + 1);
          expect(winners.reduce((sum, { size }) => sum + size, 0)).toBeLessThanOrEqual(capacity);
        }
        for (const { place, wishes } of drawn) if (place !== null) expect(wishes).toContain(place);
        expect(drawn).toHaveLength(ballots.length);
      }),
    );
  });

  test('leaves nobody to envy who came later: what a later one of no smaller size has, an earlier one did not want more', () => {
    fc.assert(
      fc.property(round, ({ seed, places, ballots }) => {
        const queue = inOrder(draw(seed, places, ballots));
        const rankOf = ({ wishes }: PublishedApplication, place: number | null) => {
          const rank = place === null ? -1 : wishes.indexOf(place);
          return rank < 0 ? Number.POSITIVE_INFINITY : rank;
        };
        for (const [index, earlier] of queue.entries()) {
          for (const later of queue.slice(index + 1)) {
            if (later.place === null || later.size < earlier.size) continue;
            expect(rankOf(earlier, later.place)).toBeGreaterThanOrEqual(rankOf(earlier, earlier.place));
          }
        }
      }),
    );
  });

  test('leaves no place free that somebody who got nothing had wished for', () => {
    fc.assert(
      fc.property(round, ({ seed, places, ballots }) => {
        const drawn = draw(seed, places, ballots);
        const left = places.map((capacity, index) =>
          drawn.filter(({ place }) => place === index + 1).reduce((sum, { size }) => sum - size, capacity),
        );
        for (const { place, wishes, size } of drawn) {
          if (place === null) for (const wish of wishes) expect(left[wish - 1]).toBeLessThan(size);
        }
      }),
    );
  });

  test('goes by groups first, then by the lot of the code alone', () => {
    fc.assert(
      fc.property(round, ({ seed, places, ballots }) => {
        const queue = inOrder(draw(seed, places, ballots));
        for (const [index, earlier] of queue.slice(0, -1).entries()) {
          const later = queue[index + 1];
          if (!later) continue;
          expect(earlier.group ?? 9).toBeLessThanOrEqual(later.group ?? 9);
          if (earlier.group === later.group) expect(lotOf(seed, earlier.code) < lotOf(seed, later.code)).toBe(true);
        }
      }),
    );
  });

  test('does not depend on the order in which applications came', () => {
    fc.assert(
      fc.property(
        round.chain((facts) =>
          fc.tuple(fc.constant(facts), fc.shuffledSubarray(facts.ballots, { minLength: facts.ballots.length })),
        ),
        ([{ seed, places, ballots }, shuffled]) => {
          expect(draw(seed, places, shuffled)).toEqual(draw(seed, places, ballots));
        },
      ),
    );
  });

  test('places siblings of one application together, or not at all, and lets a later family of one have what is too small for two', () => {
    const wishes = [1];
    const ballots = Array.from(
      { length: 30 },
      (_, index): Ballot => ({ code: code(index), group: null, size: 1 + (index % 2), wishes }),
    );
    const drawn = draw(seed, [7], ballots);
    const given = drawn.filter(({ place }) => place === 1);
    expect(given.reduce((sum, { size }) => sum + size, 0)).toBe(7);
    expect(given.some(({ size }) => size === 2)).toBe(true);
  });
});
