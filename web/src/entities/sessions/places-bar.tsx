import { classes } from '../../lib/classes.ts';
import { defineTexts, useTexts } from '../../lib/i18n.ts';
import styles from './places-bar.module.css';

const texts = defineTexts('places', {
  zh: { taken: '{{taken}}/{{capacity}} 位', full: '已满' },
  en: { taken: '{{taken}} of {{capacity}}', full: 'Full' },
});

/** Places taken of all there are, in numbers; the bar beside them only repeats it. */
export function PlacesBar({ taken, capacity }: { taken: number; capacity: number }) {
  const t = useTexts(texts);
  const full = taken >= capacity;
  return (
    <div className={full ? classes(styles.bar, styles.full) : styles.bar}>
      <span className={styles.track} aria-hidden="true">
        <span
          className={styles.fill}
          style={{ '--share': `${Math.min(100, (100 * taken) / Math.max(1, capacity))}%` }}
        />
      </span>
      <span className={classes(styles.numbers, 'numbers')}>
        {t('taken', { taken, capacity })}
        {full ? ` · ${t('full')}` : ''}
      </span>
    </div>
  );
}
