import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { allocateFen, yuanText } from '../../../shared/kernel/money.ts';

const amount = fc.integer({ min: -1_000_000_000_00, max: 1_000_000_000_00 });
const weights = fc
  .array(fc.integer({ min: 0, max: 1_000_000 }), { minLength: 1, maxLength: 12 })
  .filter((list) => list.some((weight) => weight > 0));

describe('a split of money', () => {
  test('gives the odd fen to the first', () => {
    expect(allocateFen(1_000, [1, 1, 1])).toEqual([334, 333, 333]);
    expect(allocateFen(5, [3, 7])).toEqual([2, 3]);
    expect(allocateFen(-1_000, [1, 1, 1])).toEqual([-334, -333, -333]);
    expect(allocateFen(100, [0, 1, 0])).toEqual([0, 100, 0]);
  });

  test('sums to the fen', () => {
    fc.assert(
      fc.property(amount, weights, (whole, shares) => {
        expect(allocateFen(whole, shares).reduce((sum, part) => sum + part, 0)).toBe(whole);
      }),
    );
  });

  test('gives each its share, off by less than one fen', () => {
    fc.assert(
      fc.property(amount, weights, (whole, shares) => {
        const total = shares.reduce((sum, share) => sum + share, 0);
        for (const [index, part] of allocateFen(whole, shares).entries()) {
          expect(Number.isSafeInteger(part)).toBe(true);
          expect(Math.abs(part - (whole * (shares[index] ?? 0)) / total)).toBeLessThan(1.001);
          if (shares[index] === 0) expect(part).toBe(0);
        }
      }),
    );
  });

  test('of a refund mirrors the split of the payment', () => {
    fc.assert(
      fc.property(amount, weights, (whole, shares) => {
        expect(allocateFen(-whole, shares).map((part) => 0 - part)).toEqual(allocateFen(whole, shares));
      }),
    );
  });

  test('holds at the largest amounts that can be told apart', () => {
    const parts = allocateFen(Number.MAX_SAFE_INTEGER, [1, 2, 3]);
    expect(parts.reduce((sum, part) => sum + BigInt(part), 0n)).toBe(BigInt(Number.MAX_SAFE_INTEGER));
  });

  test('refuses half fen and weights that mean nothing', () => {
    expect(() => allocateFen(0.5, [1])).toThrow(RangeError);
    expect(() => allocateFen(100, [])).toThrow(RangeError);
    expect(() => allocateFen(100, [0, 0])).toThrow(RangeError);
    expect(() => allocateFen(100, [2, -1])).toThrow(RangeError);
    expect(() => allocateFen(100, [0.5])).toThrow(RangeError);
  });
});

describe('an amount in yuan', () => {
  test.each([
    [0, '0.00'],
    [5, '0.05'],
    [1_250, '12.50'],
    [-1_250, '-12.50'],
    [-5, '-0.05'],
  ])('%i fen is %s', (fen, text) => {
    expect(yuanText(fen)).toBe(text);
  });

  test('reads back as the same fen', () => {
    fc.assert(fc.property(amount, (fen) => Math.round(Number(yuanText(fen)) * 100) === fen));
  });
});
