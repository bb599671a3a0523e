import { describe, expect, test } from 'vitest';
import type { RoundSession } from '../../../shared/contracts/rounds.ts';
import { emptyDraft, groupsOf, instantOf, requestOf } from '../../../web/src/features/rounds/round-draft.ts';
import { admits, moved } from '../../../web/src/features/rounds/wishes.ts';

describe('wishes', () => {
  test('move one place at a time and stay at the ends', () => {
    expect(moved(['a', 'b', 'c'], 'c', -1)).toEqual(['a', 'c', 'b']);
    expect(moved(['a', 'b', 'c'], 'a', 1)).toEqual(['b', 'a', 'c']);
    expect(moved(['a', 'b', 'c'], 'a', -1)).toEqual(['a', 'b', 'c']);
    expect(moved(['a', 'b', 'c'], 'c', 1)).toEqual(['a', 'b', 'c']);
  });

  test('are offered where every child has the age on the date', () => {
    const session = { date: '2026-03-20', minAgeYears: 6, maxAgeYears: 9 } as RoundSession;
    expect(admits(session, [{ birthDate: '2020-03-20' }])).toBe(true);
    expect(admits(session, [{ birthDate: '2020-03-21' }])).toBe(false);
    expect(admits(session, [{ birthDate: '2018-01-01' }, {}])).toBe(false);
  });
});

describe('the form of a new round', () => {
  test('takes times as the city’s clock shows them, and groups a line each', () => {
    expect(instantOf('2026-03-02T09:00')).toBe('2026-03-02T01:00:00.000Z');
    expect(instantOf('')).toBeUndefined();
    expect(groupsOf('本社区居民 / Neighbors\n\n双职工 / Both at work')).toEqual([
      { groupId: 'group-1', name: { zh: '本社区居民', en: 'Neighbors' } },
      { groupId: 'group-2', name: { zh: '双职工', en: 'Both at work' } },
    ]);
    expect(groupsOf('只有中文')).toBeUndefined();
  });

  test('says what is missing, and asks for nothing that is not', () => {
    expect(requestOf(emptyDraft)).toEqual({ wrong: ['title', 'times', 'sessions'] });
    const draft = {
      ...emptyDraft,
      titleZh: '春季',
      titleEn: 'Spring',
      opensAt: '2026-03-02T09:00',
      closesAt: '2026-03-09T09:00',
      drawsAt: '2026-03-09T09:00',
      sessionIds: ['yuhu.center.class.20260320t1630'],
    };
    expect(requestOf(draft)).toMatchObject({ request: { closesAt: '2026-03-09T01:00:00.000Z', groups: [] } });
    expect(requestOf({ ...draft, closesAt: draft.opensAt })).toEqual({ wrong: ['times'] });
  });
});
