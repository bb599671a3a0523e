import { useCenters } from '../../entities/centers/centers.ts';
import { inLanguage } from '../../lib/format.ts';
import { useLanguage, useTexts } from '../../lib/i18n.ts';
import { manageTexts } from './manage-texts.ts';

/** Where a waiver applies, in words: one center, or the whole city. */
export function useScopeName(): (centerId: string | undefined) => string {
  const t = useTexts(manageTexts);
  const language = useLanguage();
  const centers = useCenters().data;
  return (centerId) => {
    if (centerId === undefined) return t('ofCity');
    const center = centers?.find((one) => one.centerId === centerId);
    return center ? inLanguage(center.name, language) : centerId;
  };
}
