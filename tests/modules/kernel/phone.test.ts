import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { maskedPhone, normalizedPhone } from '../../../shared/kernel/phone.ts';

describe('a phone number', () => {
  test.each([
    ['13800000000', '+8613800000000'],
    ['138 0000 0000', '+8613800000000'],
    ['138-0000-0000', '+8613800000000'],
    ['+86 138 0000 0000', '+8613800000000'],
    ['+852 9123 4567', '+85291234567'],
    ['+1 (415) 555-0132', '+14155550132'],
  ])('%s is %s', (typed, e164) => {
    expect(normalizedPhone(typed)).toBe(e164);
  });

  test.each([
    '',
    '12800000000',
    '1380000000',
    '138000000000',
    '+8612800000000',
    '+86 10 1234 5678',
    '0594 2222222',
    '+0123456789',
    '+1234567890123456',
    'abc',
  ])('"%s" is none', (typed) => {
    expect(normalizedPhone(typed)).toBeUndefined();
  });

  test('stays what it is when it is brought to E.164 again', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'+0123456789 -()') }), (typed) => {
        const once = normalizedPhone(typed);
        if (once === undefined) return;
        expect(once).toMatch(/^\+[1-9]\d{6,14}$/);
        expect(normalizedPhone(once)).toBe(once);
      }),
    );
  });

  test('is shown without its middle', () => {
    expect(maskedPhone('+8613812345678')).toBe('+86138****5678');
  });
});
