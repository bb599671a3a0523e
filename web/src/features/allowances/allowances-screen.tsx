import { NativeSelect, Text } from '@mantine/core';
import { useState } from 'react';
import { FailedPage } from '../../components/failed-page.tsx';
import { LoadingPage } from '../../components/loading.tsx';
import { PageTitle } from '../../components/page-title.tsx';
import styles from '../../entities/allowances/allowances.module.css';
import { allowanceTexts } from '../../entities/allowances/texts.ts';
import { useMe } from '../../entities/people/me.ts';
import { useTexts } from '../../lib/i18n.ts';
import { useCityNow } from '../../lib/today.ts';
import { PersonAllowances } from './person-allowances.tsx';
import { StatementSection } from './statement-section.tsx';

/** What oneself and everybody one acts for has left, and what the month has cost whom. */
export function AllowancesScreen() {
  const t = useTexts(allowanceTexts);
  const me = useMe();
  const now = useCityNow();
  const [chosen, setChosen] = useState<string>();
  if (me.error) return <FailedPage error={me.error} onRetry={() => void me.refetch()} />;
  if (!me.data || !now.settled) return <LoadingPage />;
  const own = me.data.person.personId;
  const personId = me.data.actsFor.find((it) => it.personId === chosen)?.personId ?? own;
  return (
    <>
      <PageTitle mb="xs">{t('title')}</PageTitle>
      <Text mb="lg">{t('lead')}</Text>
      {me.data.actsFor.length > 1 ? (
        <NativeSelect
          className={styles.who}
          label={t('who')}
          value={personId}
          onChange={({ currentTarget }) => setChosen(currentTarget.value)}
          data={me.data.actsFor.map((it) => ({ value: it.personId, label: it.name }))}
        />
      ) : null}
      <PersonAllowances personId={personId} />
      <StatementSection personId={own} thisMonth={now.date.slice(0, 7)} />
    </>
  );
}
