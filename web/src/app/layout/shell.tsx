import { Outlet } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useTexts } from '../../lib/i18n.ts';
import { appTexts } from '../texts.ts';
import { Footer } from './footer.tsx';
import { Header } from './header.tsx';
import { OfflineBanner } from './offline-banner.tsx';
import styles from './shell.module.css';
import { TabBar } from './tab-bar.tsx';
import { UtilityBar } from './utility-bar.tsx';

/** Header, footer and the way around; what stands between them is the screen. */
export function Shell({ children }: { children?: ReactNode }) {
  const t = useTexts(appTexts);
  return (
    <div className={styles.shell}>
      <a className={styles.skip} href="#main">
        {t('skip')}
      </a>
      <UtilityBar />
      <Header />
      <OfflineBanner />
      <main id="main" tabIndex={-1} className={styles.main}>
        {children ?? <Outlet />}
      </main>
      <Footer />
      <TabBar />
    </div>
  );
}
