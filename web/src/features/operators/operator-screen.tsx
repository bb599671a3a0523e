import { Group, NativeSelect } from '@mantine/core';
import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { FailedPage } from '../../components/failed-page.tsx';
import { LoadingPage } from '../../components/loading.tsx';
import pageTabsStyles from '../../components/page-tabs.module.css';
import { PageTitle } from '../../components/page-title.tsx';
import { SampleMark } from '../../components/sample-mark.tsx';
import { inLanguage } from '../../lib/format.ts';
import { useLanguage, useTexts } from '../../lib/i18n.ts';
import { useCityNow } from '../../lib/today.ts';
import { NotYours } from './not-yours.tsx';
import { OperatorSessions } from './operator-sessions.tsx';
import styles from './operators.module.css';
import { operatorTexts } from './texts.ts';
import { useOwnOperators } from './use-own-operators.ts';
import { Whitelist } from './whitelist.tsx';

/** An operator's own page: the sessions it runs, and what it may serve where. */
export function OperatorScreen() {
  const t = useTexts(operatorTexts);
  const language = useLanguage();
  const { operatorId } = useParams({ from: '/shell/signed-in/operators/$operatorId' });
  const { show = 'sessions' } = useSearch({ from: '/shell/signed-in/operators/$operatorId' });
  const navigate = useNavigate();
  const now = useCityNow();
  const { operators, error, retry } = useOwnOperators();
  if (error && !operators) return <FailedPage error={error} onRetry={retry} />;
  if (!operators || !now.settled) return <LoadingPage />;
  const operator = operators.find((it) => it.operatorId === operatorId);
  if (!operator) return <NotYours />;
  return (
    <>
      <div className={styles.head}>
        <div>
          <PageTitle mb="4">{inLanguage(operator.name, language)}</PageTitle>
          <Group gap="xs">{operator.sample ? <SampleMark /> : null}</Group>
        </div>
        {operators.length > 1 ? (
          <NativeSelect
            aria-label={t('operator')}
            value={operatorId}
            onChange={({ currentTarget }) =>
              void navigate({
                to: '/operators/$operatorId',
                params: { operatorId: currentTarget.value },
                search: show === 'sessions' ? {} : { show },
              })
            }
            data={operators.map((it) => ({ value: it.operatorId, label: inLanguage(it.name, language) }))}
          />
        ) : null}
      </div>
      <nav className={pageTabsStyles.tabs} aria-label={t('what')}>
        {(['sessions', 'whitelist'] as const).map((tab) => (
          <Link
            key={tab}
            to="/operators/$operatorId"
            params={{ operatorId }}
            search={tab === 'sessions' ? {} : { show: tab }}
            className={pageTabsStyles.tab}
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
      {show === 'whitelist' ? (
        <Whitelist operatorId={operatorId} today={now.date} />
      ) : (
        <OperatorSessions operatorId={operatorId} today={now.date} />
      )}
    </>
  );
}
