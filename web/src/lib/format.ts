import type { Localized } from '../../../shared/contracts/common.ts';
import { addDays, daysBetween, type IsoDate } from '../../../shared/kernel/days.ts';
import { yuanText } from '../../../shared/kernel/money.ts';
import type { Language } from './preferences.ts';

/** Dates are civil dates: they are shown as they stand, so the formatter is given UTC and the date at midnight UTC. */
const moment = (date: IsoDate): Date => new Date(`${date}T00:00:00Z`);
const locale: Record<Language, string> = { zh: 'zh-CN', en: 'en-GB' };

const formatters = new Map<string, Intl.DateTimeFormat>();
function formatter(language: Language, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = language + JSON.stringify(options);
  const found = formatters.get(key) ?? new Intl.DateTimeFormat(locale[language], { timeZone: 'UTC', ...options });
  formatters.set(key, found);
  return found;
}

export const inLanguage = (text: Localized, language: Language): string => text[language] || text.zh;

/** `2月14日 周六`, `Sat 14 Feb`; the year only when it is not `today`'s. */
export function dayText(date: IsoDate, language: Language, today?: IsoDate): string {
  const year = today !== undefined && date.slice(0, 4) !== today.slice(0, 4) ? ({ year: 'numeric' } as const) : {};
  const day = formatter(language, { ...year, month: language === 'zh' ? 'long' : 'short', day: 'numeric' });
  const weekday = weekdayText(date, language);
  return language === 'zh' ? `${day.format(moment(date))} ${weekday}` : `${weekday} ${day.format(moment(date))}`;
}

export const weekdayText = (date: IsoDate, language: Language): string =>
  formatter(language, { weekday: 'short' }).format(moment(date));

export const dayOfMonth = (date: IsoDate): string => String(Number(date.slice(8)));

export const monthText = (date: IsoDate, language: Language): string =>
  formatter(language, { month: 'short' }).format(moment(date));

/** `今天`, `明天`, `后天`; otherwise `undefined`. */
export function nearDayText(date: IsoDate, language: Language, today: IsoDate): string | undefined {
  const away = daysBetween(today, date);
  if (away === 0) return language === 'zh' ? '今天' : 'Today';
  if (away === 1) return language === 'zh' ? '明天' : 'Tomorrow';
  if (date === addDays(today, 2) && language === 'zh') return '后天';
  return undefined;
}

/** `16:30–18:00` */
export const timeRange = (startsAt: string, endsAt: string): string => `${startsAt}–${endsAt}`;

/** `¥12.50`, `¥12`; a price of nothing is `免费`, `Free`. */
export function priceText(amountFen: number, language: Language): string {
  if (amountFen === 0) return language === 'zh' ? '免费' : 'Free';
  return `¥${yuanText(amountFen).replace(/\.00$/, '')}`;
}

/** `1 小时 30 分钟`, `1 h 30 min` */
export function durationText(minutes: number, language: Language): string {
  const hours = Math.floor(minutes / 60);
  const rest = minutes % 60;
  const unit = language === 'zh' ? { h: '小时', m: '分钟' } : { h: 'h', m: 'min' };
  return [hours > 0 ? `${hours} ${unit.h}` : '', rest > 0 ? `${rest} ${unit.m}` : ''].filter(Boolean).join(' ');
}

/** Whom an offering is for: `6–12 岁`, `60 岁以上`; `undefined` when it is for everybody. */
export function agesText(
  { minAgeYears, maxAgeYears }: { minAgeYears?: number | undefined; maxAgeYears?: number | undefined },
  language: Language,
): string | undefined {
  const zh = language === 'zh';
  if (minAgeYears !== undefined && maxAgeYears !== undefined)
    return zh ? `${minAgeYears}–${maxAgeYears} 岁` : `Ages ${minAgeYears}–${maxAgeYears}`;
  if (minAgeYears !== undefined) return zh ? `${minAgeYears} 岁以上` : `Age ${minAgeYears} and over`;
  if (maxAgeYears !== undefined) return zh ? `${maxAgeYears} 岁以下` : `Up to age ${maxAgeYears}`;
  return undefined;
}

/** An instant (UTC) as the city's wall clock shows it. */
export function instantText(instant: string, language: Language): string {
  return new Intl.DateTimeFormat(locale[language], {
    timeZone: 'Asia/Shanghai',
    dateStyle: 'medium',
    timeStyle: 'short',
  }).format(new Date(instant));
}
