import { describe, expect, it } from 'vitest';
import { matchesPattern } from '../../../local/events/filter.ts';
import { cronMatches, rateMs } from '../../../local/events/schedule.ts';

describe('filter patterns', () => {
  const record = { eventName: 'MODIFY', dynamodb: { NewImage: { is: { S: 'session' }, taken: { N: '3' } } } };
  const matches = (pattern: object) => matchesPattern(pattern, record);

  it('want every field, and one of its alternatives', () => {
    expect(matches({ eventName: ['INSERT', 'MODIFY'], dynamodb: { NewImage: { is: { S: ['session'] } } } })).toBe(true);
    expect(matches({ eventName: ['INSERT'], dynamodb: { NewImage: { is: { S: ['session'] } } } })).toBe(false);
    expect(matches({ dynamodb: { OldImage: { is: { S: ['session'] } } } })).toBe(false);
  });

  it('compare by prefix, suffix, existence and exclusion', () => {
    expect(matches({ eventName: [{ prefix: 'MOD' }] })).toBe(true);
    expect(matches({ eventName: [{ suffix: 'MOD' }] })).toBe(false);
    expect(matches({ dynamodb: { NewImage: { taken: { N: [{ exists: true }] } } } })).toBe(true);
    expect(matches({ dynamodb: { NewImage: { left: { N: [{ exists: false }] } } } })).toBe(true);
    expect(matches({ eventName: [{ 'anything-but': ['REMOVE'] }] })).toBe(true);
    expect(matches({ $or: [{ eventName: ['REMOVE'] }, { dynamodb: { NewImage: { taken: { N: ['3'] } } } }] })).toBe(
      true,
    );
  });

  it('are not guessed: an unknown comparison is an error that names it', () => {
    expect(() => matches({ eventName: [{ numeric: ['>', 1] }] })).toThrow('numeric');
  });
});

describe('schedules', () => {
  it('read rates', () => {
    expect(rateMs('rate(1 minute)')).toBe(60_000);
    expect(rateMs('rate(2 hours)')).toBe(7_200_000);
    expect(rateMs('cron(0 1 * * ? *)')).toBeUndefined();
  });

  it('read cron expressions in UTC, with Sunday as day 1', () => {
    const at = (expression: string, iso: string) => cronMatches(expression, new Date(iso));
    expect(at('cron(30 17 * * ? *)', '2026-02-14T17:30:20Z')).toBe(true);
    expect(at('cron(30 17 * * ? *)', '2026-02-14T17:31:00Z')).toBe(false);
    expect(at('cron(0/15 * * * ? *)', '2026-02-14T17:45:00Z')).toBe(true);
    // 2026-02-14 is a Saturday.
    expect(at('cron(0 9 ? * SAT-SAT *)', '2026-02-14T09:00:00Z')).toBe(true);
    expect(at('cron(0 9 ? * MON-FRI *)', '2026-02-14T09:00:00Z')).toBe(false);
    expect(at('cron(0 9 1,14 2 ? 2026)', '2026-02-14T09:00:00Z')).toBe(true);
    expect(() => at('cron(0 9 L * ? *)', '2026-02-14T09:00:00Z')).toThrow('cannot read L');
    expect(() => at('at(2026-01-01T00:00:00)', '2026-02-14T09:00:00Z')).toThrow('cannot read the schedule');
  });
});
