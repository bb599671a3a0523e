import { Outlet } from '@tanstack/react-router';
import { useTexts } from '../../lib/i18n.ts';
import { appTexts } from '../texts.ts';
import { Footer } from './footer.tsx';
import { Header } from './header.tsx';
import { OfflineBanner } from './offline-banner.tsx';
import { TabBar } from './tab-bar.tsx';
import { UtilityBar } from './utility-bar.tsx';
import './shell.css';

export function Shell() {
  const t = useTexts(appTexts);
  return (
    <div className="shell">
      <a className="shell-skip" href="#main">
        {t('skip')}
      </a>
      <UtilityBar />
      <Header />
      <OfflineBanner />
      <main id="main" tabIndex={-1} className="shell-main">
        <Outlet />
      </main>
      <Footer />
      <TabBar />
    </div>
  );
}
