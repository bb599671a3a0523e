import type { NoShow } from '../../../../shared/contracts/no-shows.ts';
import { instantText } from '../../lib/format.ts';
import { useLanguage, useTexts } from '../../lib/i18n.ts';
import styles from './no-shows.module.css';
import { noShowTexts } from './texts.ts';

/** What happened to a no-show, step by step: what, who, when, why, and what it changed. */
export function NoShowLog({ noShow }: { noShow: NoShow }) {
  const t = useTexts(noShowTexts);
  const language = useLanguage();
  return (
    <ol className={styles.noShowLog} aria-label={t('log')}>
      {noShow.log.map(({ what, at, as, byName, reason, before, after }) => (
        <li key={what}>
          <strong>{t(`what.${what}`)}</strong>
          <span>
            {instantText(at, language)} · {t(`as.${as}`, { name: byName ?? '' })}
          </span>
          {reason ? <span>{t('why', { reason })}</span> : null}
          {before.noShows === after.noShows ? null : (
            <span>
              {after.horizonDays
                ? t('changeLimited', { before: before.noShows, after: after.noShows, horizon: after.horizonDays })
                : t('change', { before: before.noShows, after: after.noShows })}
            </span>
          )}
        </li>
      ))}
    </ol>
  );
}
