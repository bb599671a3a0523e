import { Text } from '@mantine/core';
import { ButtonLink } from '../../components/links.tsx';
import { useTexts } from '../../lib/i18n.ts';
import { roundTexts } from './texts.ts';

/** In the place of the booking form, where a draw gives the places. */
export function InRound({ roundId }: { roundId: string }) {
  const t = useTexts(roundTexts);
  return (
    <div className="card session-door">
      <Text fw={700}>{t('inRound')}</Text>
      <p>{t('inRoundText')}</p>
      <ButtonLink to="/rounds/$roundId" params={{ roundId }}>
        {t('toRound')}
      </ButtonLink>
    </div>
  );
}
