import { Text, Title } from '@mantine/core';
import type { PayWith } from '../../../../shared/contracts/passes.ts';
import type { Session } from '../../../../shared/contracts/sessions.ts';
import { ActionButton } from '../../components/action-button.tsx';
import { Failure } from '../../components/failure.tsx';
import { TextLink } from '../../components/links.tsx';
import { useLanguage, useTexts } from '../../lib/i18n.ts';
import { isProblem } from '../../lib/problem.ts';
import type { Beneficiary } from '../sessions/booking-rules.ts';
import { waitlistTexts } from './texts.ts';
import { WaitingCard } from './waiting-card.tsx';
import styles from './waitlist.module.css';
import { type Joined, useJoinWaitlist, useWaitlists } from './waitlist.ts';

type Props = {
  session: Session;
  people: Beneficiary[];
  /** What is to pay for the place when it is offered. */
  payWith: PayWith | undefined;
  onJoined: (joined: Joined) => void;
};

/** For a session that has no place for all of these people: they can wait together; or it shows where they stand already. */
export function JoinWaitlist({ session, people, payWith, onJoined }: Props) {
  const t = useTexts(waitlistTexts);
  const language = useLanguage();
  const join = useJoinWaitlist();
  const { sessionId, waiting, placesLeft } = session;
  const mine = useWaitlists().data?.filter((one) => one.sessionId === sessionId) ?? [];
  const party = people.map(({ personId }) => personId);
  const submit = () => {
    if (party.length === 0 || join.isPending) return;
    join.mutate({ sessionId, party, payWith }, { onSuccess: onJoined });
  };
  return (
    <section className={styles.waitingJoin} aria-labelledby="join-heading">
      <Title order={2} id="join-heading">
        {placesLeft > 0 ? t('joinFew', { count: placesLeft }) : t('joinTitle')}
      </Title>
      {mine.map((one) => (
        <WaitingCard key={one.personId} waiting={one} linked={false} />
      ))}
      <Text size="sm">{t('joinLead')}</Text>
      <Text size="sm" fw={600}>
        {waiting > 0 ? t('waitingNow', { count: waiting }) : t('nobodyWaits')}
      </Text>
      <p role="status">
        {people.length > 0
          ? t('together', {
              count: people.length,
              names: people.map(({ name }) => name).join(language === 'zh' ? '、' : ', '),
            })
          : t('chooseWho')}
      </p>
      {payWith ? <Text size="sm">{t('passLater')}</Text> : null}
      {join.error ? (
        <Failure error={join.error} onRetry={submit}>
          {isProblem(join.error, 'already-waiting', 'already-booked') ? (
            <TextLink to="/bookings">{t('toBookings')}</TextLink>
          ) : null}
        </Failure>
      ) : null}
      {people.length > 0 ? (
        <ActionButton size="lg" pending={join.isPending} onClick={submit}>
          {t('join', { count: people.length })}
        </ActionButton>
      ) : null}
      <Text size="sm" c="dimmed">
        {t('leaveHow')}
      </Text>
    </section>
  );
}
