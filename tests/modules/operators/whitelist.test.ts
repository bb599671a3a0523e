import { describe, expect, test } from 'vitest';
import { permits, type WhitelistEntryItem } from '../../../functions/operators/index.ts';

const entry: WhitelistEntryItem = {
  operatorId: 'shiguang',
  centerId: 'yuhu',
  services: ['childcare'],
  priceCeilingFen: 4_000,
  validFrom: '2026-01-01',
  validUntil: '2026-12-31',
  status: 'active',
  since: '2026-01-01',
};
const lesson = { service: 'childcare', date: '2026-03-04', priceFen: 3_500 } as const;

describe('the whitelist permits a booking', () => {
  test('of a named service, on a covered date, within the ceiling', () => {
    expect(permits(entry, lesson)).toBe(true);
    expect(permits(entry, { ...lesson, priceFen: 4_000 })).toBe(true);
    expect(permits({ ...entry, priceCeilingFen: undefined }, { ...lesson, priceFen: 99_000 })).toBe(true);
    for (const date of ['2026-01-01', '2026-12-31']) expect(permits(entry, { ...lesson, date })).toBe(true);
  });

  test('and no other', () => {
    expect(permits(undefined, lesson)).toBe(false);
    for (const status of ['suspended', 'removed'] as const) expect(permits({ ...entry, status }, lesson)).toBe(false);
    expect(permits(entry, { ...lesson, service: 'leisure' })).toBe(false);
    expect(permits(entry, { ...lesson, priceFen: 4_001 })).toBe(false);
    for (const date of ['2025-12-31', '2027-01-01']) expect(permits(entry, { ...lesson, date })).toBe(false);
  });
});
