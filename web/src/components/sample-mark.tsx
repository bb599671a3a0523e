import { defineTexts, useTexts } from '../lib/i18n.ts';
import styles from './sample-mark.module.css';

const texts = defineTexts('sample', { zh: { sample: '示例数据' }, en: { sample: 'Sample data' } });

/** Stands wherever data is invented, so that nobody goes there. */
export function SampleMark() {
  const t = useTexts(texts);
  return <span className={styles.mark}>{t('sample')}</span>;
}
