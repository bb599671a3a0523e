import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  birthDateOfResidentId,
  isResidentId,
  maskedCardNumber,
  residentIdCheckCharacter,
} from '../../../shared/kernel/resident-id.ts';

/** The examples of GB 11643-1999, annexes A and B. */
const published = ['11010519491231002X', '440524188001010014'];

const valid = fc
  .tuple(
    fc.integer({ min: 110_000, max: 659_999 }),
    fc.date({ min: new Date('1900-01-01'), max: new Date('2099-12-31'), noInvalidDate: true }),
    fc.integer({ min: 0, max: 999 }),
  )
  .map(([area, born, sequence]) => {
    const first17 = `${area}${born.toISOString().slice(0, 10).replaceAll('-', '')}${String(sequence).padStart(3, '0')}`;
    return first17 + residentIdCheckCharacter(first17);
  });

describe('a resident ID number', () => {
  test.each(published)('%s, as the standard prints it, is right', (number) => {
    expect(isResidentId(number)).toBe(true);
  });

  test('carries the date of birth', () => {
    expect(published.map(birthDateOfResidentId)).toEqual(['1949-12-31', '1880-01-01']);
  });

  test('is right exactly with its own check character', () => {
    fc.assert(
      fc.property(valid, fc.constantFrom(...'0123456789X'), (number, last) => {
        expect(isResidentId(number)).toBe(true);
        expect(isResidentId(number.slice(0, 17) + last)).toBe(last === number[17]);
      }),
    );
  });

  test('shows every single wrong digit and every swap of neighbors', () => {
    fc.assert(
      fc.property(valid, fc.nat(16), fc.integer({ min: 1, max: 9 }), (number, at, by) => {
        const digits = [...number];
        digits[at] = String((Number(digits[at]) + by) % 10);
        expect(isResidentId(digits.join(''))).toBe(false);
      }),
    );
    fc.assert(
      fc.property(valid, fc.nat(15), (number, at) => {
        const digits = [...number];
        [digits[at], digits[at + 1]] = [digits[at + 1] ?? '', digits[at] ?? ''];
        expect(isResidentId(digits.join(''))).toBe(digits.join('') === number);
      }),
    );
  });

  test.each([
    '',
    '11010519491231002x',
    '110105194912310021',
    '110105491231002',
    '11010519490231002X',
    '01010519491231002X',
  ])('"%s" is none', (text) => {
    expect(isResidentId(text)).toBe(false);
  });

  test('with a date that does not exist is none, whatever its check character', () => {
    const first17 = '11010520230229002';
    expect(isResidentId(first17 + residentIdCheckCharacter(first17))).toBe(false);
  });

  test('is shown without its middle', () => {
    expect(maskedCardNumber('11010519491231002X')).toBe('110***********002X');
  });
});
