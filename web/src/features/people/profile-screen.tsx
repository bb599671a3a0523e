import { Button, Group, Text } from '@mantine/core';
import { useState } from 'react';
import { FailedPage } from '../../components/failed-page.tsx';
import { LoadingPage } from '../../components/loading.tsx';
import { PageTitle } from '../../components/page-title.tsx';
import { useMe } from '../../entities/people/me.ts';
import { WaiverSection } from '../../entities/waivers/waiver-section.tsx';
import { useTexts } from '../../lib/i18n.ts';
import { useSignOut } from '../../lib/sign-out.ts';
import { ProfileForm } from './profile-form.tsx';
import { ReadLog } from './read-log.tsx';
import { peopleTexts } from './texts.ts';

/** One's own details, and who has looked at them. */
export function ProfileScreen() {
  const t = useTexts(peopleTexts);
  const me = useMe();
  const signOut = useSignOut();
  const [saved, setSaved] = useState(false);
  if (me.isPending) return <LoadingPage />;
  if (me.error) return <FailedPage error={me.error} onRetry={() => void me.refetch()} />;
  const { person } = me.data;
  return (
    <>
      <PageTitle>{t('profileTitle')}</PageTitle>
      <ProfileForm key={person.version} person={person} onSaved={() => setSaved(true)} />
      <div role="status">{saved ? <Text fw={600}>{t('saved')}</Text> : null}</div>
      <WaiverSection me={me.data} personIds={[person.personId]} />
      <ReadLog personId={person.personId} title={t('readsTitle')} lead={t('readsLead')} />
      <Group>
        <Button variant="default" onClick={() => void signOut()}>
          {t('signOut')}
        </Button>
        <Button variant="subtle" color="lychee" onClick={() => void signOut({ everywhere: true })}>
          {t('signOutEverywhere')}
        </Button>
      </Group>
    </>
  );
}
