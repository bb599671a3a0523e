import { Text, Title } from '@mantine/core';
import { useParams } from '@tanstack/react-router';
import type { Round } from '../../../../shared/contracts/rounds.ts';
import { FailedPage } from '../../components/failed-page.tsx';
import { ButtonLink, TextLink } from '../../components/links.tsx';
import { LoadingPage } from '../../components/loading.tsx';
import { PageTitle } from '../../components/page-title.tsx';
import { classes } from '../../lib/classes.ts';
import { inLanguage } from '../../lib/format.ts';
import { useLanguage, useTexts } from '../../lib/i18n.ts';
import { Applying } from './applying-section.tsx';
import { PhaseMark } from './phase-mark.tsx';
import { RoundDates } from './round-dates.tsx';
import styles from './rounds.module.css';
import { useRound } from './rounds.ts';
import { SessionList } from './session-list.tsx';
import { roundTexts } from './texts.ts';
import { useMayAllocate } from './use-may-allocate.ts';

/** One round: when, by which rule, what one can wish for; applying, or what came of it. */
export function RoundScreen() {
  const t = useTexts(roundTexts);
  const language = useLanguage();
  const { roundId } = useParams({ from: '/shell/rounds/$roundId' });
  const found = useRound(roundId);
  const allocates = useMayAllocate();
  if (found.isPending) return <LoadingPage />;
  if (found.error) return <FailedPage error={found.error} onRetry={() => void found.refetch()} />;
  const round = found.data;
  const isDrawn = round.phase === 'drawn' || round.phase === 'settled';
  const { applications = 0, children = 0, childrenPlaced: placed = 0 } = round;
  return (
    <>
      <TextLink to="/rounds" size="sm">
        {t('back')}
      </TextLink>
      <PageTitle mb="xs">{inLanguage(round.title, language)}</PageTitle>
      <div role="status" className={styles.phase}>
        <PhaseMark phase={round.phase} />
        {isDrawn ? <Text>{t('summary', { count: applications, children, placed })}</Text> : null}
      </div>
      <RoundDates round={round} />
      <div className={styles.links}>
        {isDrawn ? (
          <ButtonLink to="/rounds/$roundId/publication" params={{ roundId }} variant="default">
            {t('publication')}
          </ButtonLink>
        ) : null}
        {round.centerIds.every(allocates.at) ? (
          <ButtonLink to="/rounds/$roundId/manage" params={{ roundId }} variant="default">
            {t('manage')}
          </ButtonLink>
        ) : null}
      </div>
      <Applying round={round} />
      <Commitment round={round} />
      <SessionList round={round} />
    </>
  );
}

/** The rule and the hash of the seed, to be written down before the draw. */
function Commitment({ round }: { round: Round }) {
  const t = useTexts(roundTexts);
  const language = useLanguage();
  return (
    <section className={classes('card', styles.part)}>
      {round.groups.length > 0 ? (
        <>
          <Title order={2}>{t('groups')}</Title>
          <ol>
            {round.groups.map(({ groupId, name }) => (
              <li key={groupId}>{inLanguage(name, language)}</li>
            ))}
          </ol>
        </>
      ) : null}
      <Title order={2}>{t('rule', { version: round.rule.version })}</Title>
      {inLanguage(round.rule, language)
        .split('\n')
        .map((line) => (
          <p key={line}>{line}</p>
        ))}
      <h3>{t('seedHash')}</h3>
      <code className={styles.hash}>{round.seedHash}</code>
      {round.seed === undefined ? (
        <Text size="sm" c="dimmed">
          {t('seedHashNote')}
        </Text>
      ) : null}
    </section>
  );
}
