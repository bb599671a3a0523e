import { IconChevronLeft, IconChevronRight } from '@tabler/icons-react';
import { type KeyboardEvent, useEffect, useRef } from 'react';
import { addDays, datesBetween, daysBetween, type IsoDate } from '../../../shared/kernel/days.ts';
import { dayOfMonth, dayText, monthText, nearDayText, weekdayText } from '../lib/format.ts';
import { defineTexts, useLanguage, useTexts } from '../lib/i18n.ts';
import type { Language } from '../lib/preferences.ts';
import styles from './date-strip.module.css';

const texts = defineTexts('dates', {
  zh: { days: '选择日期', earlier: '前一周', later: '后一周', rest: '休' },
  en: { days: 'Choose a day', earlier: 'Week before', later: 'Week after', rest: 'Off' },
});

const WEEK = 7;

type Props = {
  /** The first day shown and, by default, the earliest there is. */
  from: IsoDate;
  today: IsoDate;
  value: IsoDate;
  onChange: (date: IsoDate) => void;
  /** Moves the strip to another week. */
  onMove: (from: IsoDate) => void;
  earliest?: IsoDate;
  latest?: IsoDate;
  /** Days on which nothing is open, marked. */
  closed?: ReadonlySet<IsoDate>;
};

/** The widest word that fits a column on a phone. */
const WIDEST = 'Today'.length;

function labelOf(date: IsoDate, language: Language, today: IsoDate): string {
  const near = nearDayText(date, language, today);
  return near !== undefined && near.length <= WIDEST ? near : weekdayText(date, language);
}

/** Where a key leads from a day, into another week too; `undefined` for a key that is none of the strip's. */
function keyLeadsTo(key: string, date: IsoDate, from: IsoDate, until: IsoDate): IsoDate | undefined {
  switch (key) {
    case 'ArrowRight':
      return addDays(date, 1);
    case 'ArrowLeft':
      return addDays(date, -1);
    case 'PageDown':
      return addDays(date, WEEK);
    case 'PageUp':
      return addDays(date, -WEEK);
    case 'Home':
      return from;
    case 'End':
      return until;
    default:
      return undefined;
  }
}

/** Seven days to choose from: buttons in a row, by thumb; by keyboard with arrows, Home and End, a week on with the page keys. */
export function DateStrip({ from, today, value, onChange, onMove, earliest = today, latest, closed }: Props) {
  const t = useTexts(texts);
  const language = useLanguage();
  const row = useRef<HTMLDivElement>(null);
  const until = addDays(from, WEEK - 1);
  const followed = useRef<IsoDate>(undefined);
  useEffect(() => {
    const chosen = row.current?.querySelector<HTMLElement>(`[data-date="${value}"]`);
    const box = row.current;
    if (chosen && box) box.scrollLeft = chosen.offsetLeft - box.clientWidth / 2 + chosen.offsetWidth / 2;
  }, [value]);
  // A key that leads into another week: its day is there to take the focus only once that week is shown.
  useEffect(() => {
    if (followed.current !== value || value < from || value > until) return;
    followed.current = undefined;
    row.current?.querySelector<HTMLElement>(`[data-date="${value}"]`)?.focus();
  });
  const go = (wanted: IsoDate) => {
    const next = wanted < earliest ? earliest : latest !== undefined && wanted > latest ? latest : wanted;
    followed.current = next;
    if (next < from || next > until) {
      const weeks = Math.floor(daysBetween(from, next) / WEEK);
      const start = addDays(from, weeks * WEEK);
      onMove(start < earliest ? earliest : start);
    }
    onChange(next);
  };
  const onKeyDown = (event: KeyboardEvent, date: IsoDate) => {
    const next = keyLeadsTo(event.key, date, from, until);
    if (!next) return;
    event.preventDefault();
    go(next);
  };
  return (
    <fieldset className={styles.strip}>
      <legend className="visually-hidden">{t('days')}</legend>
      <button
        type="button"
        className={styles.move}
        aria-label={t('earlier')}
        disabled={from <= earliest}
        onClick={() => onMove(addDays(from, -WEEK) < earliest ? earliest : addDays(from, -WEEK))}
      >
        <IconChevronLeft aria-hidden />
      </button>
      <div className={styles.days} ref={row}>
        {datesBetween(from, until).map((date) => (
          <button
            key={date}
            type="button"
            data-date={date}
            className={styles.day}
            aria-pressed={date === value}
            aria-label={dayText(date, language, today) + (closed?.has(date) ? `, ${t('rest')}` : '')}
            onClick={() => onChange(date)}
            onKeyDown={(event) => onKeyDown(event, date)}
          >
            <span className={styles.weekday}>{labelOf(date, language, today)}</span>
            <span className={styles.number}>{dayOfMonth(date)}</span>
            <span className={styles.month}>{closed?.has(date) ? t('rest') : monthText(date, language)}</span>
          </button>
        ))}
      </div>
      <button
        type="button"
        className={styles.move}
        aria-label={t('later')}
        disabled={latest !== undefined && addDays(from, WEEK) > latest}
        onClick={() => onMove(addDays(from, WEEK))}
      >
        <IconChevronRight aria-hidden />
      </button>
    </fieldset>
  );
}
