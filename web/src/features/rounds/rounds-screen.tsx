import { Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import type { RoundSummary } from '../../../../shared/contracts/rounds.ts';
import { Empty } from '../../components/empty.tsx';
import { Failure } from '../../components/failure.tsx';
import { ButtonLink } from '../../components/links.tsx';
import { LoadingCards } from '../../components/loading.tsx';
import { PageTitle } from '../../components/page-title.tsx';
import { classes } from '../../lib/classes.ts';
import { inLanguage } from '../../lib/format.ts';
import { useLanguage, useTexts } from '../../lib/i18n.ts';
import { PhaseMark } from './phase-mark.tsx';
import { RoundDates } from './round-dates.tsx';
import styles from './rounds.module.css';
import { useRounds } from './rounds.ts';
import { roundTexts } from './texts.ts';
import { useMayAllocate } from './use-may-allocate.ts';

const PHASES = ['open', 'upcoming', 'closed', 'drawn', 'settled'] as const;

/** Where one can apply now stands first, what is over last; of each the newest first, as the server lists them. */
const inOrderOfUse = (rounds: readonly RoundSummary[]): RoundSummary[] =>
  PHASES.flatMap((phase) => rounds.filter((round) => round.phase === phase));

/** All rounds of the city: what is open now, what is coming, what has been drawn. */
export function RoundsScreen() {
  const t = useTexts(roundTexts);
  const language = useLanguage();
  const rounds = useRounds();
  const allocates = useMayAllocate();
  return (
    <>
      <PageTitle mb="xs">{t('all')}</PageTitle>
      <Text mb="md">{t('lead')}</Text>
      {allocates.somewhere ? (
        <ButtonLink to="/rounds/new" variant="default" mb="md">
          {t('open')}
        </ButtonLink>
      ) : null}
      {rounds.isPending ? <LoadingCards height={160} /> : null}
      {rounds.error ? <Failure error={rounds.error} onRetry={() => void rounds.refetch()} /> : null}
      {rounds.data?.length === 0 ? (
        <Empty title={t('none')}>
          <Text>{t('noneText')}</Text>
        </Empty>
      ) : null}
      <ul className={classes('plain-list', styles.list)}>
        {inOrderOfUse(rounds.data ?? []).map((round) => (
          <li key={round.roundId} className="card card-link">
            <PhaseMark phase={round.phase} />
            <h2 className={styles.title}>
              <Link to="/rounds/$roundId" params={{ roundId: round.roundId }}>
                {inLanguage(round.title, language)}
              </Link>
            </h2>
            <Text size="sm" c="dimmed">
              {t('sessions', { count: round.sessionCount })}
            </Text>
            <RoundDates round={round} />
          </li>
        ))}
      </ul>
    </>
  );
}
