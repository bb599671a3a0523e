import { Badge } from '@mantine/core';
import type { RoundSummary } from '../../../../shared/contracts/rounds.ts';
import { useTexts } from '../../lib/i18n.ts';
import { roundTexts } from './texts.ts';

/** Where a round stands, in words; the color only repeats it. */
export function PhaseMark({ phase }: Pick<RoundSummary, 'phase'>) {
  const t = useTexts(roundTexts);
  return (
    <Badge size="lg" variant={phase === 'open' ? 'filled' : 'light'} color={phase === 'settled' ? 'gray' : 'river'}>
      {t(`phase.${phase}`)}
    </Badge>
  );
}
