import { Link } from '@tanstack/react-router';
import { useTexts } from '../../lib/i18n.ts';
import { appTexts } from '../texts.ts';
import { mainPlaces } from './places.ts';
import styles from './tab-bar.module.css';

export function TabBar() {
  const t = useTexts(appTexts);
  return (
    <nav className={styles.bar} aria-label={t('navigation')}>
      {mainPlaces.map(({ to, text, Icon }) => (
        <Link key={to} to={to} className={styles.link} activeOptions={{ exact: to === '/' }}>
          <Icon stroke={1.7} aria-hidden />
          {t(text)}
        </Link>
      ))}
    </nav>
  );
}
