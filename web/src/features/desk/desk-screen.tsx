import { Link, Navigate } from '@tanstack/react-router';
import { FailedPage } from '../../components/failed-page.tsx';
import { LoadingPage } from '../../components/loading.tsx';
import { PageTitle } from '../../components/page-title.tsx';
import { NoDesk } from '../../entities/desks/no-desk.tsx';
import { deskTexts } from '../../entities/desks/texts.ts';
import { useDesks } from '../../entities/desks/use-desks.ts';
import { classes } from '../../lib/classes.ts';
import { inLanguage } from '../../lib/format.ts';
import { useLanguage, useTexts } from '../../lib/i18n.ts';
import styles from './desk.module.css';

/** Where whoever works at several centers chooses; whoever works at one goes straight there. */
export function DeskScreen() {
  const t = useTexts(deskTexts);
  const language = useLanguage();
  const { desks, error, retry } = useDesks();
  if (error && !desks) return <FailedPage error={error} onRetry={retry} />;
  if (!desks) return <LoadingPage />;
  const [only] = desks;
  if (!only) return <NoDesk />;
  if (desks.length === 1) return <Navigate to="/desk/$centerId" params={{ centerId: only.centerId }} replace />;
  return (
    <>
      <PageTitle documentTitle={t('title')}>{t('chooseCenter')}</PageTitle>
      <ul className={classes('plain-list', styles.choice)}>
        {desks.map(({ centerId, name, district }) => (
          <li key={centerId} className="card card-link">
            <Link to="/desk/$centerId" params={{ centerId }}>
              <strong>{inLanguage(name, language)}</strong>
            </Link>
            <p className={styles.soft}>{district}</p>
          </li>
        ))}
      </ul>
    </>
  );
}
