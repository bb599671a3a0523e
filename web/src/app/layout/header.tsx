import { Link, useLocation } from '@tanstack/react-router';
import { lazy, Suspense } from 'react';
import { useTexts } from '../../lib/i18n.ts';
import { useSignedInPersonId } from '../../lib/tokens.ts';
import { appTexts } from '../texts.ts';
import { Brand } from './brand.tsx';
import { mainPlaces } from './places.ts';
import './header.css';

/** Only who has signed in needs the menu, so its code comes then. */
const AccountMenu = lazy(() => import('./account-menu.tsx'));

export function Header() {
  const t = useTexts(appTexts);
  const personId = useSignedInPersonId();
  const { href, pathname } = useLocation();
  return (
    <header className="header">
      <div className="header-inner">
        <Link to="/" className="header-brand">
          <Brand />
        </Link>
        <nav className="header-nav" aria-label={t('navigation')}>
          {mainPlaces.map(({ to, text }) => (
            <Link key={to} to={to} className="header-link" activeOptions={{ exact: to === '/' }}>
              {t(text)}
            </Link>
          ))}
        </nav>
        <div className="header-account">
          {personId ? (
            <Suspense>
              <AccountMenu />
            </Suspense>
          ) : (
            <Link
              to="/sign-in"
              search={pathname === '/sign-in' ? (before) => before : { from: href }}
              className="header-sign-in"
            >
              {t('signIn')}
            </Link>
          )}
        </div>
      </div>
    </header>
  );
}
