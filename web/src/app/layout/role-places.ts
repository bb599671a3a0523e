import { may } from '../../../../shared/access/abilities.ts';
import type { Me } from '../../../../shared/contracts/people.ts';
import { useCenterName } from '../../entities/centers/use-center-name.ts';
import { abilitiesOfMe } from '../../entities/people/abilities.ts';
import { useTexts } from '../../lib/i18n.ts';
import { appTexts } from '../texts.ts';

type Place = { href: string; label: string };

/** The desks and operator pages that this person's posts open, by the same rules the server decides by. */
export function useRolePlaces(me: Me | undefined): Place[] {
  const t = useTexts(appTexts);
  const centerName = useCenterName();
  if (!me) return [];
  const ability = abilitiesOfMe(me);
  const ownCenters = me.posts.flatMap((post) => (post.kind === 'center-staff' ? [post.centerId] : []));
  const ownOperators = me.posts.flatMap((post) => (post.kind === 'operator-staff' ? [post.operatorId] : []));
  const places: Place[] = ownCenters
    .filter((centerId) => may(ability, 'staff', 'Desk', { centerId }))
    .map((centerId) => ({ href: `/desk/${centerId}`, label: t('desk', { center: centerName(centerId) }) }));
  // Who may staff any desk or read any operator chooses there.
  if (may(ability, 'staff', 'Desk', { centerId: '*' })) places.push({ href: '/desk', label: t('deskAny') });
  if (may(ability, 'read', 'Operator', { operatorId: '*' })) {
    places.push({ href: '/operators', label: t('operatorsAny') });
  } else {
    for (const operatorId of ownOperators)
      places.push({ href: `/operators/${operatorId}`, label: t('operator', { operator: operatorId }) });
  }
  if (may(ability, 'limit', 'City', { tenantId: 'this' })) places.push({ href: '/officer/limits', label: t('limits') });
  if (may(ability, 'publish', 'City', { tenantId: 'this' })) places.push({ href: '/officer/rules', label: t('rules') });
  if (may(ability, 'grant', 'Post', { kind: 'center-staff', holderId: '*' }))
    places.push({ href: '/officer/service-accounts', label: t('serviceAccounts') });
  if (may(ability, 'publish', 'City', { tenantId: 'this' }) || ownCenters.length > 0)
    places.push({ href: '/waivers', label: t('waivers') });
  if (may(ability, 'allocate', 'Round', { centerId: '*' }) || ownCenters.length > 0)
    places.push({ href: '/rounds', label: t('rounds') });
  return places;
}
