import { useTexts } from '../../lib/i18n.ts';
import { useOnline } from '../../lib/online.ts';
import { appTexts } from '../texts.ts';
import styles from './offline-banner.module.css';

/** The region is always there, so that screen readers notice when it fills. */
export function OfflineBanner() {
  const t = useTexts(appTexts);
  const online = useOnline();
  return <div role="status">{online ? null : <p className={styles.banner}>{t('offline')}</p>}</div>;
}
