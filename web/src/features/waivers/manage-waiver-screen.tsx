import { Text } from '@mantine/core';
import { useParams } from '@tanstack/react-router';
import { useEffect, useRef, useState } from 'react';
import { FailedPage } from '../../components/failed-page.tsx';
import { TextLink } from '../../components/links.tsx';
import { LoadingPage } from '../../components/loading.tsx';
import { PageTitle } from '../../components/page-title.tsx';
import { useCenters } from '../../entities/centers/centers.ts';
import peopleStyles from '../../entities/people/people.module.css';
import styles from '../../entities/waivers/waivers.module.css';
import { useWaiver } from '../../entities/waivers/waivers.ts';
import { inLanguage, instantText } from '../../lib/format.ts';
import { useLanguage, useTexts } from '../../lib/i18n.ts';
import { AskingOfferings } from './asking-offerings.tsx';
import { manageTexts } from './manage-texts.ts';
import { useManages } from './managing.ts';
import { NewVersion } from './new-version.tsx';
import { useScopeName } from './use-scope-name.ts';
import { NotYours } from './waivers-screen.tsx';

/** One waiver as those see it who keep it: what is in force, which services ask for it, and its next version. */
export function ManageWaiverScreen() {
  const t = useTexts(manageTexts);
  const language = useLanguage();
  const { waiverId } = useParams({ from: '/shell/signed-in/waivers/$waiverId/manage' });
  const manages = useManages();
  const centers = useCenters();
  const scopeName = useScopeName();
  const found = useWaiver(waiverId);
  const [published, setPublished] = useState<number>();
  const status = useRef<HTMLDivElement>(null);
  const isShown = published !== undefined && found.data?.version === published;
  // Only once the new version stands here and the dialog is gone: that one would take the focus back.
  useEffect(() => {
    if (isShown) status.current?.focus();
  }, [isShown]);
  const error = manages.error ?? found.error;
  if (error) return <FailedPage error={error} onRetry={() => void Promise.all([manages.retry(), found.refetch()])} />;
  if (manages.isPending || !found.data || !centers.data) return <LoadingPage />;
  const waiver = found.data;
  const { centerId, version, publishedAt } = waiver;
  // A bureau says it for every center, staff for their own.
  const everywhere = manages.city ? centers.data.map((center) => center.centerId) : manages.centerIds;
  const askedAt = everywhere.filter((one) => centerId === undefined || one === centerId);
  if (askedAt.length === 0) return <NotYours />;
  return (
    <div className={styles.waiver}>
      <TextLink to="/waivers" size="sm">
        {t('back')}
      </TextLink>
      <PageTitle mb="xs">{inLanguage(waiver.title, language)}</PageTitle>
      <Text>{t('inForce', { version, time: instantText(publishedAt, language) })}</Text>
      <Text size="sm" c="dimmed">
        {scopeName(centerId)} · {waiverId}
      </Text>
      <p>
        <TextLink to="/waivers/$waiverId" params={{ waiverId }}>
          {t('read')}
        </TextLink>
      </p>
      <div role="status" ref={status} tabIndex={-1} className={peopleStyles.outcome}>
        {isShown ? <Text fw={600}>{t('published', { version: published })}</Text> : null}
      </div>
      <AskingOfferings waiver={waiver} centerIds={askedAt} />
      {manages.mayPublish(centerId) ? (
        <NewVersion key={version} inForce={waiver} onPublished={setPublished} onOutdated={() => void found.refetch()} />
      ) : (
        <Text c="dimmed">{t('ofOthers')}</Text>
      )}
    </div>
  );
}
