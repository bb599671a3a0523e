import { Text } from '@mantine/core';
import type { RoundId } from '../../../../shared/contracts/rounds.ts';
import { ButtonLink } from '../../components/links.tsx';
import { classes } from '../../lib/classes.ts';
import { useTexts } from '../../lib/i18n.ts';
import styles from './in-round.module.css';
import { roundTexts } from './texts.ts';

/** In the place of the booking form, where a draw gives the places. */
export function InRound({ roundId }: { roundId: RoundId }) {
  const t = useTexts(roundTexts);
  return (
    <div className={classes('card', styles.door)}>
      <Text fw={700}>{t('inRound')}</Text>
      <p>{t('inRoundText')}</p>
      <ButtonLink to="/rounds/$roundId" params={{ roundId }}>
        {t('toRound')}
      </ButtonLink>
    </div>
  );
}
