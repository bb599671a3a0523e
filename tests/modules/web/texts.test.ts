import { describe, expect, it } from 'vitest';
import { readAllTexts, readTexts } from '../../../web/vite/read-texts.ts';
import { checkSheet, sheetOf } from '../../../web/vite/sheet.ts';

const source = `
export const deskTexts = defineTexts('desk', {
  zh: { title: '工作台', 'a.b': '“{{name}}”，第一', found_other: '{{count}} 人' },
  en: { title: 'Desk', 'a.b': '"{{name}}", first', found_one: 'One', found_other: '{{count}} people' },
});`;
const spaces = readTexts('texts.ts', source);
const sheet = sheetOf(spaces);

describe('texts in a source', () => {
  it('are read with their places', () => {
    expect(spaces.map(({ name }) => name)).toEqual(['desk']);
    expect(spaces[0]?.texts.en['found_one']).toBe('One');
    const place = spaces[0]?.places.en;
    expect(source.slice(place?.start, place?.end)).toMatch(/^\{ title: 'Desk'.*\}$/);
  });

  it.each([
    ['a text that is computed', "const a = defineTexts('a', { zh: { b: one + two }, en: {} });"],
    ['a key that is computed', "const a = defineTexts('a', { zh: { [b]: '' }, en: { [b]: '' } });"],
    ['a name that is computed', 'const a = defineTexts(b, { zh: {}, en: {} });'],
    ['a language that stands elsewhere', "const a = defineTexts('a', { zh, en });"],
    ['texts inside of a function', "const a = () => defineTexts('a', { zh: {}, en: {} });"],
  ])('are literals: not %s', (_, wrong) => {
    expect(() => readTexts('wrong.ts', wrong)).toThrow(/^wrong\.ts: /);
  });

  it('have names of their own', () => {
    const names = readAllTexts('web/src').map(({ name }) => name);
    expect(names.length).toBeGreaterThan(40);
    expect(new Set(names).size).toBe(names.length);
  });
});

describe('the sheet for translators', () => {
  it('has a line a text, with the mark of UTF-8', () => {
    expect(sheet).toBe(
      '\uFEFFkey,中文,English\r\ndesk:title,工作台,Desk\r\ndesk:a.b,“{{name}}”，第一,"""{{name}}"", first"\r\n' +
        'desk:found_other,{{count}} 人,{{count}} people\r\ndesk:found_one,,One\r\n',
    );
  });

  it('comes back without faults when nothing but words has changed', () => {
    expect(checkSheet(spaces, sheet.replace('Desk', 'Front desk'))).toEqual([]);
    expect(checkSheet(spaces, sheet.replace('\uFEFF', '').replaceAll('\r\n', '\n'))).toEqual([]);
  });

  it.each([
    ['a key that is gone', 'desk:title,工作台,Desk\r\n', '', 'desk:title: is missing'],
    ['a key that no page has', 'desk:title,', 'desk:titel,', 'desk:titel: no page has this key'],
    ['a key twice', 'desk:title,', 'desk:found_one,,One\r\ndesk:title,', 'desk:found_one: is there twice'],
    ['a text that is gone', ',Desk', ', ', 'desk:title: has no English'],
    ['a text for which there is no use', 'found_one,,', 'found_one,一,', 'desk:found_one: has no use for 中文'],
    ['a broken value', '{{count}} people', '{count} people', 'desk:found_other: English must have {{count}}, not none'],
    ['an invented value', '工作台', '{{n}}', 'desk:title: 中文 must have no values, not {{n}}'],
    ['another head', 'key,', 'id,', 'the first line must be key,中文,English'],
  ])('tells %s', (_, before, after, fault) => {
    expect(sheet).toContain(before);
    expect(checkSheet(spaces, sheet.replace(before, after))).toContain(fault);
  });
});
