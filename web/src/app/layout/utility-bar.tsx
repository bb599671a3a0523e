import { classes } from '../../lib/classes.ts';
import { switchLanguage, useLanguage, useTexts } from '../../lib/i18n.ts';
import { setPreferences, textSizes, usePreferences } from '../../lib/preferences.ts';
import { appTexts } from '../texts.ts';
import styles from './utility-bar.module.css';

/** Text size and language, always in sight: whoever needs them should not have to look for them. */
export function UtilityBar() {
  const t = useTexts(appTexts);
  const language = useLanguage();
  const { textSize } = usePreferences();
  const other =
    language === 'zh'
      ? ({ code: 'en', lang: 'en', name: 'English' } as const)
      : ({ code: 'zh', lang: 'zh-CN', name: '中文' } as const);
  return (
    <section className={styles.bar} data-part="frame" aria-label={t('settings')}>
      <div className={styles.inner}>
        <span className={styles.city}>{t('city')}</span>
        <fieldset className={styles.sizes}>
          <legend className="visually-hidden">{t('textSize')}</legend>
          {textSizes.map((size) => (
            <button
              key={size}
              type="button"
              className={classes(styles.size, styles[`size-${size}`])}
              aria-pressed={size === textSize}
              aria-label={`${t('textSize')}: ${t(`textSize.${size}`)}`}
              onClick={() => setPreferences({ textSize: size })}
            >
              {language === 'zh' ? '文' : 'A'}
            </button>
          ))}
        </fieldset>
        <button type="button" className={styles.language} lang={other.lang} onClick={() => switchLanguage(other.code)}>
          {other.name}
        </button>
      </div>
    </section>
  );
}
