import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { useEffect } from 'react';
import { FailedPage } from '../../components/failed-page.tsx';
import { LoadingPage } from '../../components/loading.tsx';
import styles from '../../components/page-tabs.module.css';
import { useCenter } from '../../entities/centers/centers.ts';
import { useTexts } from '../../lib/i18n.ts';
import { useCityNow } from '../../lib/today.ts';
import { CenterHead } from './center-head.tsx';
import { CenterRooms } from './center-rooms.tsx';
import { CenterSessions } from './center-sessions.tsx';
import { centerTexts } from './center-texts.ts';
import { rememberCenter } from './last-center.ts';

/** One center: its sessions by day, its rooms. */
export function CenterScreen() {
  const t = useTexts(centerTexts);
  const { centerId } = useParams({ from: '/shell/centers/$centerId' });
  const { service, date, show = 'sessions' } = useSearch({ from: '/shell/centers/$centerId' });
  const navigate = useNavigate({ from: '/centers/$centerId' });
  const now = useCityNow();
  const found = useCenter(centerId);
  const exists = found.data !== undefined;
  useEffect(() => {
    if (exists) rememberCenter(centerId);
  }, [exists, centerId]);
  if (found.isPending || !now.settled) return <LoadingPage />;
  if (found.error) return <FailedPage error={found.error} onRetry={() => void found.refetch()} />;
  const { center, rooms } = found.data;
  const day = date !== undefined && date >= now.date ? date : now.date;
  return (
    <>
      <CenterHead center={center} now={now} />
      <nav className={styles.tabs} aria-label={t('what')}>
        {(['sessions', 'rooms'] as const).map((tab) => (
          <Link
            key={tab}
            from="/centers/$centerId"
            to="."
            search={(before) => ({ ...before, show: tab === 'rooms' ? tab : undefined })}
            className={styles.tab}
            activeProps={{}}
            activeOptions={{ exact: true }}
            aria-current={tab === show ? 'page' : undefined}
            replace
            resetScroll={false}
          >
            {t(tab)}
          </Link>
        ))}
      </nav>
      {show === 'rooms' ? (
        <CenterRooms centerId={centerId} rooms={rooms} />
      ) : (
        <CenterSessions
          center={center}
          today={now.date}
          date={day}
          service={service}
          onChange={(part) =>
            void navigate({ search: (before) => ({ ...before, ...part }), replace: true, resetScroll: false })
          }
        />
      )}
    </>
  );
}
