import type { FairUseRule } from '../../../../shared/contracts/city-rules.ts';
import { useTexts } from '../../lib/i18n.ts';
import { allowanceTexts } from './texts.ts';

/** `2.5 hours`, `3 bookings`. */
export function useAmountText(): (count: number, unit: FairUseRule['unit']) => string {
  const t = useTexts(allowanceTexts);
  return (count, unit) => t(unit, { count });
}
