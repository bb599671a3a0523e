import type { ReactNode } from 'react';
import type { PreviewedChange, SeriesOccurrence } from '../../../../shared/contracts/series.ts';
import { dayText, inLanguage, timeRange } from '../../lib/format.ts';
import { useLanguage, useTexts } from '../../lib/i18n.ts';
import { useCityNow } from '../../lib/today.ts';
import styles from './series.module.css';
import { seriesTexts } from './texts.ts';

type Shown = Pick<SeriesOccurrence, 'recurrence' | 'date' | 'startsAt' | 'endsAt' | 'why' | 'alternative' | 'next'> &
  Pick<PreviewedChange, 'was'>;

type Props = {
  occurrence: Shown;
  /** What it has come to, in a word; `tone` only adds to the word. */
  state: string;
  tone: 'good' | 'later' | 'bad' | 'over';
  children?: ReactNode;
};

const times = (startsAt: string, endsAt: string | undefined) => (endsAt ? timeRange(startsAt, endsAt) : startsAt);

/** One date of a series: when, what becomes of it, why not, and the nearest free time. */
export function OccurrenceRow({ occurrence, state, tone, children }: Props) {
  const t = useTexts(seriesTexts);
  const language = useLanguage();
  const today = useCityNow().date;
  const { recurrence, date, startsAt, endsAt, why, alternative, was, next } = occurrence;
  const from = was ?? (date === recurrence ? undefined : { date: recurrence, startsAt: undefined, endsAt: undefined });
  const dayOf = (day: string) => dayText(day, language, today);
  return (
    <li className={styles.row} data-tone={tone}>
      <div className={styles.when}>
        <strong>
          <time dateTime={date}>{dayOf(date)}</time>
        </strong>
        <span>{times(startsAt, endsAt)}</span>
        {from?.startsAt ? (
          <span className={styles.was}>
            {t('wasAt', { day: dayOf(from.date), time: times(from.startsAt, from.endsAt) })}
          </span>
        ) : null}
        {from && !from.startsAt ? (
          <span className={styles.was}>{t('movedFrom', { day: dayOf(from.date) })}</span>
        ) : null}
      </div>
      <div className={styles.fate}>
        <span className={styles.state}>{state}</span>
        {why ? <p>{inLanguage(why, language)}</p> : null}
        {next ? (
          <p>
            {t(next.heldFor === 'payment' ? 'next.payment' : 'next.approval', {
              day: dayOf(next.date),
              time: times(next.startsAt, next.endsAt),
            })}
          </p>
        ) : null}
        {alternative ? (
          <p>
            {t('alternative', {
              day: dayOf(alternative.date),
              time: timeRange(alternative.startsAt, alternative.endsAt),
            })}
          </p>
        ) : null}
      </div>
      {children ? <div className={styles.actions}>{children}</div> : null}
    </li>
  );
}
