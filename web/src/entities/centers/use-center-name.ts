import type { CenterId } from '../../../../shared/contracts/common.ts';
import { inLanguage } from '../../lib/format.ts';
import { useLanguage } from '../../lib/i18n.ts';
import { useCenters } from './centers.ts';

/** Names a center by its id; the id itself until the names are here. */
export function useCenterName(): (centerId: CenterId) => string {
  const language = useLanguage();
  const centers = useCenters();
  return (centerId) => {
    const center = centers.data?.find((it) => it.centerId === centerId);
    return center ? inLanguage(center.name, language) : centerId;
  };
}
