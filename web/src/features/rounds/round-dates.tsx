import type { RoundSummary } from '../../../../shared/contracts/rounds.ts';
import { instantText } from '../../lib/format.ts';
import { useLanguage, useTexts } from '../../lib/i18n.ts';
import styles from './rounds.module.css';
import { roundTexts } from './texts.ts';

/** When it opens, closes and is drawn, on the city's clock. */
export function RoundDates({ round }: { round: Pick<RoundSummary, 'opensAt' | 'closesAt' | 'drawsAt'> }) {
  const t = useTexts(roundTexts);
  const language = useLanguage();
  const dates = [
    ['opens', round.opensAt],
    ['closes', round.closesAt],
    ['draws', round.drawsAt],
  ] as const;
  return (
    <dl className={styles.dates}>
      {dates.map(([name, instant]) => (
        <div key={name}>
          <dt>{t(name)}</dt>
          <dd>
            <time dateTime={instant}>{instantText(instant, language)}</time>
          </dd>
        </div>
      ))}
    </dl>
  );
}
