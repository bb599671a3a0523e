import { Button, Group, Text } from '@mantine/core';
import { IconPrinter } from '@tabler/icons-react';
import { useParams, useSearch } from '@tanstack/react-router';
import { Empty } from '../../components/empty.tsx';
import { Failure } from '../../components/failure.tsx';
import { ButtonLink, TextLink } from '../../components/links.tsx';
import { LoadingPage } from '../../components/loading.tsx';
import { PageTitle } from '../../components/page-title.tsx';
import { useCenterName } from '../../entities/centers/use-center-name.ts';
import { useRoster } from '../../entities/operators/operators.ts';
import { dayText, inLanguage, instantText, timeRange } from '../../lib/format.ts';
import { useLanguage, useTexts } from '../../lib/i18n.ts';
import { isProblem } from '../../lib/problem.ts';
import { useCityNow } from '../../lib/today.ts';
import styles from './roster.module.css';
import { RosterTable } from './roster-table.tsx';
import { rosterTexts } from './texts.ts';

/** Who comes to one session, on a screen or on paper. */
export function RosterScreen() {
  const t = useTexts(rosterTexts);
  const language = useLanguage();
  const { operatorId } = useParams({ from: '/shell/signed-in/operators/$operatorId/roster' });
  const { session: sessionId } = useSearch({ from: '/shell/signed-in/operators/$operatorId/roster' });
  const now = useCityNow();
  const nameOf = useCenterName();
  const roster = useRoster(operatorId, sessionId);
  const back = (
    <TextLink to="/operators/$operatorId" params={{ operatorId }} size="sm" className={styles.back}>
      {t('back')}
    </TextLink>
  );
  if (sessionId === undefined || isProblem(roster.error, 'not-found')) {
    return (
      <>
        <PageTitle>{t('title')}</PageTitle>
        <Empty title={t('unknown')}>
          <Text>{t('unknownText')}</Text>
          <ButtonLink to="/operators/$operatorId" params={{ operatorId }}>
            {t('back')}
          </ButtonLink>
        </Empty>
      </>
    );
  }
  if (roster.isPending) return <LoadingPage />;
  if (!roster.data) {
    return (
      <>
        {back}
        <PageTitle>{t('title')}</PageTitle>
        <Failure error={roster.error} onRetry={() => void roster.refetch()} />
      </>
    );
  }
  const { session, seats } = roster.data;
  const title = inLanguage(session.title, language);
  const when = { day: dayText(session.date, language, now.date), time: timeRange(session.startsAt, session.endsAt) };
  const here = seats.filter(({ state }) => state === 'checked-in').length;
  const came = here + seats.filter(({ state }) => state === 'checked-out').length;
  return (
    <>
      {back}
      <div className={styles.head}>
        <div>
          <PageTitle mb="4" documentTitle={`${t('title')} ${title}`}>
            {title}
          </PageTitle>
          <p>
            <strong>
              {when.day} {when.time}
            </strong>{' '}
            · {nameOf(session.centerId)}
          </p>
          <p className="numbers">{t('counts', { booked: seats.length, capacity: session.capacity, came, here })}</p>
        </div>
        {seats.length > 0 ? (
          <Group className={styles.actions}>
            <Button leftSection={<IconPrinter size="1.125rem" aria-hidden />} onClick={() => globalThis.print()}>
              {t('print')}
            </Button>
          </Group>
        ) : null}
      </div>
      {roster.error ? <Failure error={roster.error} onRetry={() => void roster.refetch()} /> : null}
      {seats.length === 0 ? (
        <Empty title={t('nobody')}>
          <Text>{t('nobodyText')}</Text>
        </Empty>
      ) : (
        <RosterTable seats={seats} caption={t('caption', { title, ...when })} />
      )}
      <p className={styles.printed}>
        {t('printed', { time: instantText(new Date(roster.dataUpdatedAt).toISOString(), language) })}
      </p>
    </>
  );
}
