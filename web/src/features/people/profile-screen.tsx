import { Button, Group, Text, Title } from '@mantine/core';
import { useState } from 'react';
import { Failure } from '../../components/failure.tsx';
import { LoadingCards, LoadingPage } from '../../components/loading.tsx';
import { PageTitle } from '../../components/page-title.tsx';
import { instantText } from '../../lib/format.ts';
import { useLanguage, useTexts } from '../../lib/i18n.ts';
import { useSignOut } from '../identity/sign-out.ts';
import { WaiverSection } from '../waivers/waiver-section.tsx';
import { useMe } from './me.ts';
import { useReads } from './profile.ts';
import { ProfileForm } from './profile-form.tsx';
import { useReadWords } from './read-words.ts';
import { peopleTexts } from './texts.ts';
import './people.css';

/** One's own details, and who has looked at them. */
export function ProfileScreen() {
  const t = useTexts(peopleTexts);
  const me = useMe();
  const signOut = useSignOut();
  const [saved, setSaved] = useState(false);
  if (me.isPending) return <LoadingPage />;
  if (me.error) return <Failure error={me.error} onRetry={() => void me.refetch()} />;
  const { person } = me.data;
  return (
    <>
      <PageTitle>{t('profileTitle')}</PageTitle>
      <ProfileForm key={person.version} person={person} onSaved={() => setSaved(true)} />
      <div role="status">{saved ? <Text fw={600}>{t('saved')}</Text> : null}</div>
      <WaiverSection me={me.data} personIds={[person.personId]} />
      <ReadLog personId={person.personId} />
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

function ReadLog({ personId }: { personId: string }) {
  const t = useTexts(peopleTexts);
  const language = useLanguage();
  const { asWords, whatWords } = useReadWords();
  const reads = useReads(personId);
  return (
    <section aria-labelledby="reads-heading" className="people-section">
      <Title order={2} id="reads-heading">
        {t('readsTitle')}
      </Title>
      <Text mb="sm">{t('readsLead')}</Text>
      {reads.isPending ? <LoadingCards count={2} height={56} /> : null}
      {reads.error ? <Failure error={reads.error} onRetry={() => void reads.refetch()} /> : null}
      {reads.data?.length === 0 ? <Text c="dimmed">{t('readsNone')}</Text> : null}
      <ul className="plain-list people-reads">
        {reads.data?.map((read) => (
          <li key={`${read.at}${read.byName}${read.what}`}>
            <Text size="sm" c="dimmed">
              {instantText(read.at, language)}
            </Text>
            <Text>{t('readLine', { who: read.byName, as: asWords(read.as), what: whatWords(read.what) })}</Text>
            {read.reason ? <Text size="sm">{t('reason', { reason: read.reason })}</Text> : null}
          </li>
        ))}
      </ul>
    </section>
  );
}
