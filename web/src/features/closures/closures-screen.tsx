import { Text, Title } from '@mantine/core';
import { useNavigate, useParams } from '@tanstack/react-router';
import type { CenterId } from '../../../../shared/contracts/common.ts';
import { FailedPage } from '../../components/failed-page.tsx';
import { Failure } from '../../components/failure.tsx';
import { TextLink } from '../../components/links.tsx';
import { LoadingCards, LoadingPage } from '../../components/loading.tsx';
import { PageTitle } from '../../components/page-title.tsx';
import { useCenter } from '../../entities/centers/centers.ts';
import { NoDesk } from '../../entities/desks/no-desk.tsx';
import { useDesks } from '../../entities/desks/use-desks.ts';
import { classes } from '../../lib/classes.ts';
import { inLanguage } from '../../lib/format.ts';
import { useLanguage, useTexts } from '../../lib/i18n.ts';
import { useCityNow } from '../../lib/today.ts';
import { ClosureForm } from './closure-form.tsx';
import styles from './closures.module.css';
import { useClosures } from './closures.ts';
import { StatusMark } from './status-mark.tsx';
import { closureTexts } from './texts.ts';
import { whenText } from './words.ts';

/** The closure desk of a center: a new one, and those there are. */
export function ClosuresScreen() {
  const t = useTexts(closureTexts);
  const { centerId } = useParams({ from: '/shell/signed-in/desk/$centerId/closures' });
  const navigate = useNavigate();
  const now = useCityNow();
  const { desks, error, retry } = useDesks();
  const center = useCenter(centerId);
  const failed = error ?? center.error;
  if (failed) return <FailedPage error={failed} onRetry={() => (error ? retry() : void center.refetch())} />;
  if (!desks || !center.data || !now.settled) return <LoadingPage />;
  if (!desks.some((desk) => desk.centerId === centerId)) return <NoDesk />;
  return (
    <div className={styles.closures}>
      <TextLink to="/desk/$centerId" params={{ centerId }} size="sm">
        {t('back')}
      </TextLink>
      <PageTitle mb="xs">{t('title')}</PageTitle>
      <Text mb="lg">{t('lead')}</Text>
      <div className={styles.columns}>
        <ClosureForm
          key={centerId}
          centerId={centerId}
          rooms={center.data.rooms}
          today={now.date}
          onClosed={({ closureId }) =>
            void navigate({ to: '/desk/$centerId/closures/$closureId', params: { centerId, closureId } })
          }
        />
        <ClosureList centerId={centerId} />
      </div>
    </div>
  );
}

function ClosureList({ centerId }: { centerId: CenterId }) {
  const t = useTexts(closureTexts);
  const language = useLanguage();
  const closures = useClosures(centerId);
  return (
    <section aria-labelledby="closure-list">
      <Title order={2} id="closure-list" mb="sm">
        {t('list')}
      </Title>
      {closures.isPending ? <LoadingCards count={2} height={96} /> : null}
      {closures.error ? <Failure error={closures.error} onRetry={() => void closures.refetch()} /> : null}
      {closures.data?.length === 0 ? <Text c="dimmed">{t('none')}</Text> : null}
      <ul className={classes('plain-list', styles.list)}>
        {closures.data?.map(({ closureId, title, what, reason, status, affected, inLine }) => (
          <li key={closureId} className={classes('card', styles.item)}>
            <StatusMark status={status} />
            <TextLink to="/desk/$centerId/closures/$closureId" params={{ centerId, closureId }} fw={600}>
              {inLanguage(title, language)} · {whenText(what, language, (values) => t('days', values))}
            </TextLink>
            <Text size="sm">
              {inLanguage(reason, language)}
              {affected > 0 ? ` · ${t('affected', { count: affected })}` : ''}
              {inLine > 0 ? ` · ${t('inLine', { count: inLine })}` : ''}
            </Text>
          </li>
        ))}
      </ul>
    </section>
  );
}
