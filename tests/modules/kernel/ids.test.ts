import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { bookingId, personId } from '../../../shared/contracts/common.ts';
import { shortCodeOf } from '../../../shared/contracts/ids.ts';
import { bookingIdFor, canonicalJson, derivedId, fingerprint, randomId } from '../../../shared/kernel/ids.ts';

const parts = fc.array(fc.string({ unit: 'grapheme' }), { maxLength: 4 });

describe('an id', () => {
  test('at random is new each time and fits the contract', () => {
    const ids = Array.from({ length: 2_000 }, () => randomId('p'));
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids.every((id) => personId.safeParse(id).success)).toBe(true);
  });

  test('derived from the same parts is the same, from others another', () => {
    fc.assert(
      fc.property(parts, parts, (a, b) => {
        expect(personId.safeParse(derivedId('p', ...a)).success).toBe(true);
        expect(derivedId('p', ...a) === derivedId('p', ...b)).toBe(JSON.stringify(a) === JSON.stringify(b));
      }),
    );
  });

  test('does not confuse where one part ends and the next begins', () => {
    expect(derivedId('p', 'ab', 'c')).not.toBe(derivedId('p', 'a', 'bc'));
    expect(derivedId('p', 'a', '')).not.toBe(derivedId('p', 'a'));
  });

  test('holds no letter that is misread', () => {
    fc.assert(fc.property(parts, (a) => !/[ilou]/.test(derivedId('', ...a))));
  });

  test('of a booking begins with its day and ends in the code a person reads aloud', () => {
    const id = bookingIdFor('2026-02-14', 'p1', 'k1');
    expect(bookingId.safeParse(id).success).toBe(true);
    expect(id.startsWith('20260214-')).toBe(true);
    expect(shortCodeOf(id)).toMatch(/^[0-9A-HJKMNP-TV-Z]{6}$/);
    expect(id.toUpperCase().endsWith(shortCodeOf(id))).toBe(true);
  });
});

describe('a fingerprint', () => {
  const json = fc.jsonValue();

  test('does not depend on the order of fields, nor on fields that are not there', () => {
    expect(fingerprint({ a: 1, b: { c: 2, d: 3 } })).toBe(fingerprint({ b: { d: 3, c: 2 }, a: 1 }));
    expect(fingerprint({ a: 1, b: undefined })).toBe(fingerprint({ a: 1 }));
    expect(fingerprint([1, 2])).not.toBe(fingerprint([2, 1]));
  });

  test('tells bodies apart', () => {
    fc.assert(
      fc.property(json, json, (a, b) => {
        expect(fingerprint(a) === fingerprint(b)).toBe(canonicalJson(a) === canonicalJson(b));
      }),
    );
  });

  test('is made of JSON that reads back as what it was', () => {
    fc.assert(
      fc.property(json, (value) => {
        expect(JSON.parse(canonicalJson(value))).toEqual(JSON.parse(JSON.stringify(value)));
      }),
    );
  });
});
