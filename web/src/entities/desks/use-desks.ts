import { may } from '../../../../shared/access/abilities.ts';
import type { Center } from '../../../../shared/contracts/centers.ts';
import { useCenters } from '../centers/centers.ts';
import { abilitiesOfMe } from '../people/abilities.ts';
import { useMe } from '../people/me.ts';

type Desks = { desks: Center[] | undefined; error: Error | null; retry: () => void };

/** The centers whose desk the signed-in person may work at; `undefined` until it is known. */
export function useDesks(): Desks {
  const me = useMe();
  const centers = useCenters();
  const ability = me.data && abilitiesOfMe(me.data);
  return {
    desks: ability && centers.data?.filter(({ centerId }) => may(ability, 'staff', 'Desk', { centerId })),
    error: me.error ?? centers.error,
    retry: () => void Promise.all([me.refetch(), centers.refetch()]),
  };
}
