import { IconChevronLeft, IconChevronRight } from '@tabler/icons-react';
import { useEffect, useRef } from 'react';
import { addDays, datesBetween, type IsoDate } from '../../../shared/kernel/days.ts';
import { dayOfMonth, dayText, monthText, nearDayText, weekdayText } from '../lib/format.ts';
import { defineTexts, useLanguage, useTexts } from '../lib/i18n.ts';
import './date-strip.css';

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

/** Seven days to choose from: buttons in a row, arrow keys and thumb alike. */
export function DateStrip({ from, today, value, onChange, onMove, earliest = today, latest, closed }: Props) {
  const t = useTexts(texts);
  const language = useLanguage();
  const row = useRef<HTMLDivElement>(null);
  const until = addDays(from, WEEK - 1);
  useEffect(() => {
    const chosen = row.current?.querySelector<HTMLElement>(`[data-date="${value}"]`);
    const box = row.current;
    if (chosen && box) box.scrollLeft = chosen.offsetLeft - box.clientWidth / 2 + chosen.offsetWidth / 2;
  }, [value]);
  const step = (date: IsoDate, days: number) => {
    const next = addDays(date, days);
    if (next < from || next > until) return;
    onChange(next);
    row.current?.querySelector<HTMLElement>(`[data-date="${next}"]`)?.focus();
  };
  return (
    <fieldset className="date-strip">
      <legend className="visually-hidden">{t('days')}</legend>
      <button
        type="button"
        className="date-strip-move"
        aria-label={t('earlier')}
        disabled={from <= earliest}
        onClick={() => onMove(addDays(from, -WEEK) < earliest ? earliest : addDays(from, -WEEK))}
      >
        <IconChevronLeft aria-hidden />
      </button>
      <div className="date-strip-days" ref={row}>
        {datesBetween(from, until).map((date) => (
          <button
            key={date}
            type="button"
            data-date={date}
            className="date-strip-day"
            aria-pressed={date === value}
            aria-label={dayText(date, language, today) + (closed?.has(date) ? `, ${t('rest')}` : '')}
            onClick={() => onChange(date)}
            onKeyDown={({ key }) => {
              if (key === 'ArrowRight') step(date, 1);
              if (key === 'ArrowLeft') step(date, -1);
            }}
          >
            <span className="date-strip-weekday">
              {nearDayText(date, language, today) ?? weekdayText(date, language)}
            </span>
            <span className="date-strip-number">{dayOfMonth(date)}</span>
            <span className="date-strip-month">{closed?.has(date) ? t('rest') : monthText(date, language)}</span>
          </button>
        ))}
      </div>
      <button
        type="button"
        className="date-strip-move"
        aria-label={t('later')}
        disabled={latest !== undefined && addDays(from, WEEK) > latest}
        onClick={() => onMove(addDays(from, WEEK))}
      >
        <IconChevronRight aria-hidden />
      </button>
    </fieldset>
  );
}
