import { Text, Title } from '@mantine/core';
import { useState } from 'react';
import type { Round } from '../../../../shared/contracts/rounds.ts';
import { Failure } from '../../components/failure.tsx';
import { ButtonLink } from '../../components/links.tsx';
import { LoadingCards } from '../../components/loading.tsx';
import { peopleToBookFor } from '../../entities/people/abilities.ts';
import { useMe } from '../../entities/people/me.ts';
import { classes } from '../../lib/classes.ts';
import { useTexts } from '../../lib/i18n.ts';
import { useSignedInPersonId } from '../../lib/tokens.ts';
import { ApplyForm } from './apply-form.tsx';
import { OwnApplication } from './own-application.tsx';
import styles from './rounds.module.css';
import { useApplications } from './rounds.ts';
import { roundTexts } from './texts.ts';
import { admits } from './wishes.ts';

/** What the family has applied for and what came of it; in the window the form for whoever has not applied yet. */
export function Applying({ round }: { round: Round }) {
  const t = useTexts(roundTexts);
  const personId = useSignedInPersonId();
  const me = useMe();
  const own = useApplications(round);
  const [sent, setSent] = useState(false);
  const isOpen = round.phase === 'open';
  if (!personId) {
    if (!isOpen) return null;
    return (
      <section className={classes('card', styles.part)}>
        <ButtonLink size="lg" to="/sign-in" search={{ from: `/rounds/${round.roundId}` }}>
          {t('signIn')}
        </ButtonLink>
        <Text size="sm">{t('signInNote')}</Text>
      </section>
    );
  }
  const error = me.error ?? own.error;
  if (error) return <Failure error={error} onRetry={() => void Promise.all([me.refetch(), own.refetch()])} />;
  if (!me.data || !own.data) return <LoadingCards count={2} />;
  const applied = new Set(own.data.flatMap(({ children }) => children.map((child) => child.personId)));
  const people = peopleToBookFor(me.data);
  const others = people.filter(
    (person) => !applied.has(person.personId) && round.sessions.some((session) => admits(session, [person])),
  );
  return (
    <>
      <div role="status">{sent ? <Text fw={700}>{t('applied')}</Text> : null}</div>
      {own.data.length > 0 ? (
        <section className={styles.part}>
          <Title order={2} mb="sm">
            {t('mine')}
          </Title>
          <ul className={classes('plain-list', styles.own)}>
            {own.data.map((application) => (
              <li key={application.applicationId} className="card">
                <OwnApplication round={round} application={application} people={people} />
              </li>
            ))}
          </ul>
        </section>
      ) : null}
      {isOpen ? (
        <section className={classes('card', styles.part)}>
          <Title order={2}>{t('apply')}</Title>
          {others.length === 0 ? (
            <Text>{t('nobodyElse')}</Text>
          ) : (
            <>
              <Text mb="sm">{t('applyLead')}</Text>
              <ApplyForm round={round} people={others} onSent={() => setSent(true)} />
            </>
          )}
        </section>
      ) : null}
    </>
  );
}
