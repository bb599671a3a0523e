import { Text, Title } from '@mantine/core';
import type { Waiver } from '../../../../shared/contracts/waivers.ts';
import { Empty } from '../../components/empty.tsx';
import { FailedPage } from '../../components/failed-page.tsx';
import { ButtonLink, TextLink } from '../../components/links.tsx';
import { LoadingPage } from '../../components/loading.tsx';
import { PageTitle } from '../../components/page-title.tsx';
import styles from '../../entities/waivers/waivers.module.css';
import { useWaivers } from '../../entities/waivers/waivers.ts';
import { classes } from '../../lib/classes.ts';
import { inLanguage, instantText } from '../../lib/format.ts';
import { useLanguage, useTexts } from '../../lib/i18n.ts';
import { manageTexts } from './manage-texts.ts';
import { useManages } from './managing.ts';
import { useScopeName } from './use-scope-name.ts';

/** Where a bureau, and the staff of a center, see what must be signed and in which version. */
export function WaiversScreen() {
  const t = useTexts(manageTexts);
  const manages = useManages();
  const all = useWaivers();
  const error = manages.error ?? all.error;
  const retry = () => void Promise.all([manages.retry(), all.refetch()]);
  if (error) return <FailedPage error={error} onRetry={retry} />;
  if (manages.isPending || !all.data) return <LoadingPage />;
  if (!manages.somewhere) return <NotYours />;
  // Another center's waiver is of no use here.
  const waivers = all.data.filter(
    ({ centerId }) => manages.city || centerId === undefined || manages.centerIds.includes(centerId),
  );
  return (
    <>
      <PageTitle mb="xs">{t('title')}</PageTitle>
      <Text mb="md">{t('lead')}</Text>
      <ButtonLink to="/waivers/new" mb="lg">
        {t('new')}
      </ButtonLink>
      {waivers.length === 0 ? (
        <Empty title={t('none')}>
          <Text>{t('noneText')}</Text>
        </Empty>
      ) : null}
      <ul className={classes('plain-list', styles.list)}>
        {waivers.map((waiver) => (
          <WaiverLine key={waiver.waiverId} waiver={waiver} />
        ))}
      </ul>
    </>
  );
}

export function NotYours() {
  const t = useTexts(manageTexts);
  return (
    <>
      <PageTitle>{t('title')}</PageTitle>
      <Empty title={t('notYours')}>
        <Text>{t('notYoursText')}</Text>
      </Empty>
    </>
  );
}

function WaiverLine({ waiver: { waiverId, title, version, publishedAt, centerId } }: { waiver: Waiver }) {
  const t = useTexts(manageTexts);
  const language = useLanguage();
  const scopeName = useScopeName();
  const name = inLanguage(title, language);
  return (
    <li className={classes('card', styles.row)}>
      <div>
        <Title order={2} size="h4">
          {name}
        </Title>
        <Text size="sm">{t('inForce', { version, time: instantText(publishedAt, language) })}</Text>
        <Text size="sm" c="dimmed">
          {scopeName(centerId)} · {waiverId}
        </Text>
      </div>
      <TextLink to="/waivers/$waiverId" params={{ waiverId }} aria-label={t('readOf', { title: name })}>
        {t('read')}
      </TextLink>
      <ButtonLink
        variant="default"
        to="/waivers/$waiverId/manage"
        params={{ waiverId }}
        aria-label={t('manageOf', { title: name })}
      >
        {t('manage')}
      </ButtonLink>
    </li>
  );
}
