import { Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { Empty } from '../../components/empty.tsx';
import { FailedPage } from '../../components/failed-page.tsx';
import { TextLink } from '../../components/links.tsx';
import { LoadingPage } from '../../components/loading.tsx';
import { PageTitle } from '../../components/page-title.tsx';
import { useSession } from '../../entities/sessions/sessions.ts';
import styles from '../../entities/waitlist/waitlist.module.css';
import { callApi } from '../../lib/api.ts';
import { classes } from '../../lib/classes.ts';
import { dayText, inLanguage, instantText, timeRange } from '../../lib/format.ts';
import { useLanguage, useTexts } from '../../lib/i18n.ts';
import { useCityNow } from '../../lib/today.ts';
import { waitlistLogTexts } from './texts.ts';

const REFRESH_MS = 20_000;

/** The waitlist of a session for its staff: how many wait, the rule, and each decision in words. */
export function WaitlistScreen() {
  const t = useTexts(waitlistLogTexts);
  const language = useLanguage();
  const now = useCityNow();
  const { centerId, sessionId } = useParams({ from: '/shell/signed-in/desk/$centerId/waitlist/$sessionId' });
  const session = useSession(sessionId);
  const found = useQuery({
    queryKey: ['waiting-decisions', sessionId],
    queryFn: async ({ signal }) =>
      (await callApi('GET /v1/sessions/{sessionId}/waiting-decisions', { path: { sessionId }, signal })).decisions,
    refetchInterval: REFRESH_MS,
  });
  /** Why a party was passed over; parties that were for the same reason are told of once, with how many they were. */
  const wordsOf = (size: number, why: string) =>
    t(why === 'party-too-large' ? 'skippedLarge' : 'skippedBusy', { count: size });
  const error = session.error ?? found.error;
  if (error) return <FailedPage error={error} onRetry={() => void Promise.all([session.refetch(), found.refetch()])} />;
  if (!session.data || !found.data) return <LoadingPage />;
  const { title, date, startsAt, endsAt, waiting } = session.data;
  return (
    <div style={{ maxWidth: '42rem' }}>
      <TextLink to="/desk/$centerId" params={{ centerId }} search={{ date }} size="sm">
        {t('back')}
      </TextLink>
      <PageTitle mb="xs">{t('title', { title: inLanguage(title, language) })}</PageTitle>
      <Text mb="sm">
        {dayText(date, language, now.date)} {timeRange(startsAt, endsAt)} ·{' '}
        <strong>{t('waiting', { count: waiting })}</strong>
      </Text>
      <Text size="sm" c="dimmed" mb="md">
        {t('rule')}
      </Text>
      <Title order={2} mb="sm">
        {t('log')}
      </Title>
      {found.data.length === 0 ? <Empty title={t('none')} /> : null}
      <ol className={classes('plain-list', styles.waitlistLog)}>
        {found.data.toReversed().map((decision) => (
          <li key={decision.number} className="card">
            <p className={styles.waitlistWhen}>
              {t('decision', { number: decision.number, time: instantText(decision.at, language) })}
            </p>
            <p>
              <strong>
                {decision.what === 'offered'
                  ? t('offered', { count: decision.size, free: decision.free })
                  : t(decision.why === 'has-a-place' ? 'droppedSeated' : 'droppedGone', { count: decision.size })}
              </strong>
            </p>
            {[...Map.groupBy(decision.skipped, ({ size, why }) => wordsOf(size, why))].map(([words, alike]) => (
              <p key={words}>{alike.length > 1 ? `${words} ×${alike.length}` : words}</p>
            ))}
          </li>
        ))}
      </ol>
    </div>
  );
}
