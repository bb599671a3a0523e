import { Button, Text, Title } from '@mantine/core';
import { useParams } from '@tanstack/react-router';
import { useState } from 'react';
import type { GroupClaim, Round } from '../../../../shared/contracts/rounds.ts';
import { ActionButton } from '../../components/action-button.tsx';
import { FailedPage } from '../../components/failed-page.tsx';
import { Failure } from '../../components/failure.tsx';
import { TextLink } from '../../components/links.tsx';
import { LoadingCards, LoadingPage } from '../../components/loading.tsx';
import { PageTitle } from '../../components/page-title.tsx';
import { classes } from '../../lib/classes.ts';
import { inLanguage } from '../../lib/format.ts';
import { useLanguage, useTexts } from '../../lib/i18n.ts';
import { useClaims, useDecideClaim } from './managing.ts';
import { PhaseMark } from './phase-mark.tsx';
import { RoundDates } from './round-dates.tsx';
import styles from './rounds.module.css';
import { useRound } from './rounds.ts';
import { roundStaffTexts } from './staff-texts.ts';

/** How far a round is, and the groups to be confirmed before its draw. */
export function ManageRoundScreen() {
  const t = useTexts(roundStaffTexts);
  const language = useLanguage();
  const { roundId } = useParams({ from: '/shell/signed-in/rounds/$roundId/manage' });
  const found = useRound(roundId);
  if (found.isPending) return <LoadingPage />;
  if (found.error) return <FailedPage error={found.error} onRetry={() => void found.refetch()} />;
  const round = found.data;
  return (
    <>
      <TextLink to="/rounds/$roundId" params={{ roundId }} size="sm">
        {t('toRound')}
      </TextLink>
      <PageTitle mb="xs" documentTitle={t('manage')}>
        {inLanguage(round.title, language)}
      </PageTitle>
      <RoundDates round={round} />
      <Progress round={round} />
      <section className={styles.part}>
        <Title order={2}>{t('claims')}</Title>
        {round.groups.length === 0 ? <Text>{t('noGroups')}</Text> : <Claims round={round} />}
      </section>
    </>
  );
}

function Progress({ round }: { round: Round }) {
  const t = useTexts(roundStaffTexts);
  const counts = [
    ['applications', round.applications],
    ['children', round.children],
    ['placed', round.childrenPlaced],
  ] as const;
  return (
    <section className={classes('card', styles.part)}>
      <Title order={2}>{t('progress')}</Title>
      <div role="status" className={styles.phase}>
        <PhaseMark phase={round.phase} />
        <Text>{t(`step.${round.phase}`, { seated: round.sessionsSeated, sessions: round.sessionCount })}</Text>
      </div>
      {round.phase === 'drawn' ? (
        <progress
          className={styles.progress}
          aria-label={t('progress')}
          value={round.sessionsSeated}
          max={round.sessionCount}
        />
      ) : null}
      {round.applications === undefined ? null : (
        <dl className={styles.dates}>
          {counts.map(([name, count]) => (
            <div key={name}>
              <dt>{t(name)}</dt>
              <dd>{count}</dd>
            </div>
          ))}
        </dl>
      )}
    </section>
  );
}

function Claims({ round }: { round: Round }) {
  const t = useTexts(roundStaffTexts);
  const language = useLanguage();
  const claims = useClaims(round.roundId, true);
  const decide = useDecideClaim(round.roundId);
  const [said, setSaid] = useState('');
  if (claims.isPending) return <LoadingCards count={2} />;
  if (claims.error) return <Failure error={claims.error} onRetry={() => void claims.refetch()} />;
  const all = claims.data.pages.flatMap((page) => page.claims);
  const isOver = round.phase === 'drawn' || round.phase === 'settled';
  const turn = (claim: GroupClaim, names: string) => {
    const confirmed = !claim.confirmed;
    decide.mutate(
      { ...claim, confirmed },
      { onSuccess: () => setSaid(t('decided', { names, state: t(confirmed ? 'confirmed' : 'unconfirmed') })) },
    );
  };
  return (
    <>
      <Text mb="sm">{t('claimsLead')}</Text>
      <div role="status" className="visually-hidden">
        {said}
      </div>
      {all.length === 0 && !claims.hasNextPage ? <Text>{t('noClaims')}</Text> : null}
      {decide.error ? <Failure error={decide.error} /> : null}
      <ul className={classes('plain-list', styles.claims)}>
        {all.map((claim) => {
          const names = claim.children.map(({ name }) => name).join(language === 'zh' ? '、' : ', ');
          const found = round.groups.find(({ groupId }) => groupId === claim.groupId);
          const group = found ? inLanguage(found.name, language) : claim.groupId;
          const pending = decide.isPending && decide.variables.applicationId === claim.applicationId;
          return (
            <li key={claim.applicationId} className={classes('card', styles.claim)}>
              <div>
                <strong>{names}</strong>
                <Text size="sm">
                  {group} · {t(claim.confirmed ? 'confirmed' : 'unconfirmed')}
                </Text>
                <code className={styles.hash}>{claim.applicationId}</code>
              </div>
              {isOver ? null : (
                <ActionButton
                  size="sm"
                  variant={claim.confirmed ? 'default' : 'filled'}
                  pending={pending}
                  aria-label={t(claim.confirmed ? 'takeBackLabel' : 'confirmLabel', { names, group })}
                  onClick={() => turn(claim, names)}
                >
                  {t(claim.confirmed ? 'takeBack' : 'confirm')}
                </ActionButton>
              )}
            </li>
          );
        })}
      </ul>
      {claims.hasNextPage ? (
        <Button variant="default" loading={claims.isFetchingNextPage} onClick={() => void claims.fetchNextPage()}>
          {t('more')}
        </Button>
      ) : null}
    </>
  );
}
