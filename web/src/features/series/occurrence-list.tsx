import type { ReactNode } from 'react';
import type { PreviewedOccurrence, SeriesOccurrence } from '../../../../shared/contracts/series.ts';
import { dayText, inLanguage, timeRange } from '../../lib/format.ts';
import { useLanguage, useTexts } from '../../lib/i18n.ts';
import { useCityNow } from '../../lib/today.ts';
import { seriesTexts } from './texts.ts';
import './series.css';

type Shown = Pick<
  PreviewedOccurrence & SeriesOccurrence,
  'recurrence' | 'date' | 'startsAt' | 'endsAt' | 'why' | 'alternative'
>;

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
  const { recurrence, date, startsAt, endsAt, why, alternative } = occurrence;
  return (
    <li className="series-row" data-tone={tone}>
      <div className="series-when">
        <strong>{dayText(date, language, today)}</strong>
        <span>{times(startsAt, endsAt)}</span>
        {date === recurrence ? null : (
          <span className="series-was">{t('movedFrom', { day: dayText(recurrence, language, today) })}</span>
        )}
      </div>
      <div className="series-fate">
        <span className="series-state">{state}</span>
        {why ? <p>{inLanguage(why, language)}</p> : null}
        {alternative ? (
          <p>
            {t('alternative', {
              day: dayText(alternative.date, language, today),
              time: timeRange(alternative.startsAt, alternative.endsAt),
            })}
          </p>
        ) : null}
      </div>
      {children ? <div className="series-actions">{children}</div> : null}
    </li>
  );
}
