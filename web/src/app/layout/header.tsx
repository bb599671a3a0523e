import { Link, useLocation } from '@tanstack/react-router';
import { lazy, Suspense } from 'react';
import { useTexts } from '../../lib/i18n.ts';
import { useSignedInPersonId } from '../../lib/tokens.ts';
import { appTexts } from '../texts.ts';
import { Brand } from './brand.tsx';
import styles from './header.module.css';
import { mainPlaces } from './places.ts';

/** Only who has signed in needs the menu, so its code comes then. */
const AccountMenu = lazy(() => import('./account-menu.tsx'));

export function Header() {
  const t = useTexts(appTexts);
  const personId = useSignedInPersonId();
  const { href, pathname } = useLocation();
  return (
    <header className={styles.header} data-part="frame">
      <div className={styles.inner}>
        <Link to="/" className={styles.brand}>
          <Brand />
        </Link>
        <nav className={styles.nav} aria-label={t('navigation')}>
          {mainPlaces.map(({ to, text }) => (
            <Link key={to} to={to} className={styles.link} activeOptions={{ exact: to === '/' }}>
              {t(text)}
            </Link>
          ))}
        </nav>
        <div className={styles.account}>
          {personId ? (
            <Suspense>
              <AccountMenu />
            </Suspense>
          ) : (
            <Link
              to="/sign-in"
              search={pathname === '/sign-in' ? (before) => before : { from: href }}
              className={styles.signIn}
            >
              {t('signIn')}
            </Link>
          )}
        </div>
      </div>
    </header>
  );
}
