import type { Language } from './preferences.ts';

/** `71` → `5 岁 11 个月` / `5 years 11 months`; whole years without months. */
export function ageText(ageMonths: number, language: Language): string {
  const years = Math.floor(ageMonths / 12);
  const months = ageMonths % 12;
  if (language === 'zh')
    return [years > 0 || months === 0 ? `${years} 岁` : '', months > 0 ? `${months} 个月` : '']
      .filter(Boolean)
      .join(' ');
  const count = (n: number, word: string) => `${n} ${word}${n === 1 ? '' : 's'}`;
  return [years > 0 || months === 0 ? count(years, 'year') : '', months > 0 ? count(months, 'month') : '']
    .filter(Boolean)
    .join(' ');
}

/** Ages that are asked for, in words; both ends are included, and a whole year counts until the next birthday. */
export function agesAskedText(
  minAgeMonths: number | undefined,
  maxAgeMonths: number | undefined,
  language: Language,
): string {
  const from = minAgeMonths === undefined ? undefined : ageText(minAgeMonths, language);
  const wholeYear = maxAgeMonths !== undefined && maxAgeMonths % 12 === 11;
  const until =
    maxAgeMonths === undefined ? undefined : ageText(wholeYear ? maxAgeMonths - 11 : maxAgeMonths, language);
  if (from && until) return language === 'zh' ? `${from}至${until}` : `${from} to ${until}`;
  if (from) return language === 'zh' ? `年满${from}` : `at least ${from}`;
  return until ? (language === 'zh' ? `不超过${until}` : `at most ${until}`) : '';
}
