import type { CenterId } from '../../../../shared/contracts/common.ts';
import { useCenterName } from '../../entities/centers/use-center-name.ts';
import { useTexts } from '../../lib/i18n.ts';
import { manageTexts } from './manage-texts.ts';

/** Where a waiver applies, in words: one center, or the whole city. */
export function useScopeName(): (centerId: CenterId | undefined) => string {
  const t = useTexts(manageTexts);
  const centerName = useCenterName();
  return (centerId) => (centerId === undefined ? t('ofCity') : centerName(centerId));
}
