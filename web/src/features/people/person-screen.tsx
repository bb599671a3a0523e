import { Text } from '@mantine/core';
import { useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { FailedPage } from '../../components/failed-page.tsx';
import { TextLink } from '../../components/links.tsx';
import { LoadingPage } from '../../components/loading.tsx';
import { PageTitle } from '../../components/page-title.tsx';
import { useTexts } from '../../lib/i18n.ts';
import { usePerson } from './profile.ts';
import { ProfileForm } from './profile-form.tsx';
import { ReadLog } from './read-log.tsx';
import { peopleTexts } from './texts.ts';

/** The record of a child, for a guardian to see and change, and who has looked at it. */
export function PersonScreen() {
  const t = useTexts(peopleTexts);
  const { personId } = useParams({ from: '/shell/signed-in/household/$personId' });
  const found = usePerson(personId);
  const [saved, setSaved] = useState(false);
  if (found.isPending) return <LoadingPage />;
  if (found.error) return <FailedPage error={found.error} onRetry={() => void found.refetch()} />;
  const person = found.data;
  const { name } = person;
  return (
    <>
      <TextLink to="/household" size="sm">
        {t('toHousehold')}
      </TextLink>
      <PageTitle>{t('detailsTitle', { name })}</PageTitle>
      <ProfileForm key={person.version} person={person} onSaved={() => setSaved(true)} />
      <div role="status">{saved ? <Text fw={600}>{t('saved')}</Text> : null}</div>
      <ReadLog personId={personId} title={t('readsTitleOf', { name })} lead={t('readsLeadOf')} />
    </>
  );
}
