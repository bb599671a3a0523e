import { describe, expect, it, vi } from 'vitest';

vi.stubGlobal('localStorage', { getItem: () => null });
vi.stubGlobal('document', { documentElement: { style: {}, dataset: {} } });
const { defineTexts, sayText } = await import('../../../web/src/lib/i18n.ts');

defineTexts('known', {
  zh: { plain: '你好', named: '{{name}}、{{name}}', found_other: '{{count}} 个', only_other: '{{count}} 人' },
  en: {
    plain: 'Hello',
    named: '{{name}}, {{name}}',
    found_one: 'one',
    found_other: '{{count}} of them',
    only_other: '{{count}} people',
  },
});

describe('a text', () => {
  it('has its values in it, as they are', () => {
    expect(sayText('en', 'known', 'plain')).toBe('Hello');
    expect(sayText('zh', 'known', 'named', { name: '<b>' })).toBe('<b>、<b>');
  });

  it('is singular or plural by the count and the language', () => {
    expect([0, 1, 2].map((count) => sayText('en', 'known', 'found', { count }))).toEqual([
      '0 of them',
      'one',
      '2 of them',
    ]);
    expect(sayText('zh', 'known', 'found', { count: 1 })).toBe('1 个');
    expect(sayText('en', 'known', 'only', { count: 1 })).toBe('1 people');
  });

  it('that is not there in the language is said in the other one', () => {
    defineTexts('left-out', { zh: { plain: '你好' }, en: JSON.parse('{}') });
    expect(sayText('en', 'left-out', 'plain')).toBe('你好');
  });
});
