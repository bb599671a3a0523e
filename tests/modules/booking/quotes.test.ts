import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { cancelSteps, holdsUntil, keepPercentAt, splitOf } from '../../../shared/booking/price/cancel-rules.ts';
import { eldestFirst, familyPrices, quoteOf, type Tariff } from '../../../shared/booking/price/quotes.ts';

const percent = fc.integer({ min: 0, max: 100 });
const tariffs: fc.Arbitrary<Tariff> = fc.record({
  priceFen: fc.integer({ min: 0, max: 100_000 }),
  family: fc.record(
    {
      percentByChild: fc.array(percent, { minLength: 1, maxLength: 4 }),
      mostFen: fc.integer({ min: 0, max: 200_000 }),
    },
    { requiredKeys: [] },
  ),
});
const sum = (parts: readonly number[]) => parts.reduce((total, part) => total + part, 0);

describe('what a family pays', () => {
  test('B03: three children at 25 with a cap of 50: total 50.00, and the lines sum exactly', () => {
    const children = [
      { personId: 'pc', birthDate: '2019-01-01' },
      { personId: 'pa', birthDate: '2014-01-01' },
      { personId: 'pb', birthDate: '2016-01-01' },
    ];
    const places = children.map(({ personId }) => ({ sessionId: 's', personId }));
    const tariff = { priceFen: 2500, family: { mostFen: 5000 } };
    const { lines, totalFen } = quoteOf(places, () => tariff, eldestFirst(children));
    expect(totalFen).toBe(5000);
    expect(lines.map(({ personId, priceFen }) => [personId, priceFen])).toEqual([
      ['pc', 1666],
      ['pa', 1667],
      ['pb', 1667],
    ]);
    expect(lines[0]?.discounts).toEqual([{ kind: 'family-most', mostFen: 5000, offFen: 834 }]);
  });

  test('the eldest pays the first price, whoever is named first; the last percentage counts for all further ones', () => {
    const children = [
      { personId: 'pd' },
      { personId: 'pb', birthDate: '2016-01-01' },
      { personId: 'pa', birthDate: '2014-01-01' },
      { personId: 'pc', birthDate: '2016-01-01' },
    ];
    const places = children.map(({ personId }) => ({ sessionId: 's', personId }));
    const tariff = { priceFen: 1000, family: { percentByChild: [100, 80, 50] } };
    const { lines } = quoteOf(places, () => tariff, eldestFirst(children));
    expect(Object.fromEntries(lines.map((line) => [line.personId, line.priceFen]))).toEqual({
      pa: 1000,
      pb: 800,
      pc: 500,
      pd: 500,
    });
    expect(lines.find(({ personId }) => personId === 'pb')?.discounts).toEqual([
      { kind: 'sibling', percent: 80, offFen: 200 },
    ]);
  });

  test('lines sum to the total, stay under the cap, and are the price less their discounts, whatever the tariff', () => {
    fc.assert(
      fc.property(tariffs, fc.integer({ min: 1, max: 6 }), (tariff, count) => {
        const ids = Array.from({ length: count }, (_, index) => `p${index}`);
        const places = ids.map((personId) => ({ sessionId: 's', personId }));
        const { lines, totalFen } = quoteOf(places, () => tariff, ids);
        expect(totalFen).toBe(sum(lines.map(({ priceFen }) => priceFen)));
        expect(totalFen).toBeLessThanOrEqual(tariff.family?.mostFen ?? Number.POSITIVE_INFINITY);
        for (const { listFen, priceFen, discounts } of lines) {
          expect(priceFen).toBe(listFen - sum(discounts.map(({ offFen }) => offFen)));
          expect(priceFen).toBeGreaterThanOrEqual(0);
        }
      }),
    );
  });

  test('one child more never makes a family pay less', () => {
    fc.assert(
      fc.property(tariffs, fc.integer({ min: 1, max: 6 }), (tariff, count) => {
        expect(sum(familyPrices(tariff, count))).toBeGreaterThanOrEqual(sum(familyPrices(tariff, count - 1)));
      }),
    );
  });
});

describe('what is kept of a cancellation', () => {
  const tiers = [
    { underHours: 2, keepPercent: 100 },
    { underHours: 24, keepPercent: 50 },
  ];
  const starts = new Date('2026-03-04T08:30:00Z');
  const hoursBefore = (hours: number) => new Date(starts.getTime() - hours * 3_600_000);

  test('of the tiers that have begun the one with the fewest hours counts, and at its very hour it has not begun', () => {
    expect([48, 24, 23.99, 2, 1.99].map((hours) => keepPercentAt(tiers, starts, hoursBefore(hours)))).toEqual([
      0, 0, 50, 50, 100,
    ]);
    expect(keepPercentAt([], starts, hoursBefore(0))).toBe(0);
  });

  test('the steps are told in the order of time, with until when each amount holds', () => {
    const steps = cancelSteps(tiers, 2501, starts);
    expect(steps).toEqual([
      { keepPercent: 0, keptFen: 0, refundFen: 2501 },
      { from: '2026-03-03T08:30:00.000Z', keepPercent: 50, keptFen: 1250, refundFen: 1251 },
      { from: '2026-03-04T06:30:00.000Z', keepPercent: 100, keptFen: 2501, refundFen: 0 },
    ]);
    expect([48, 24, 12, 1].map((hours) => holdsUntil(steps, starts, hoursBefore(hours)))).toEqual([
      hoursBefore(24),
      hoursBefore(24),
      hoursBefore(2),
      starts,
    ]);
  });

  test('what is kept and what comes back sum to the price, to the fen', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1_000_000 }), percent, (priceFen, keep) => {
        const { keptFen, refundFen } = splitOf(priceFen, keep);
        expect(keptFen + refundFen).toBe(priceFen);
        expect(keptFen).toBeGreaterThanOrEqual(0);
        expect(refundFen).toBeGreaterThanOrEqual(0);
      }),
    );
  });
});
