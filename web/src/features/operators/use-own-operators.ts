import { may } from '../../../../shared/access/abilities.ts';
import { type Operator, useOperators } from '../../entities/operators/operators.ts';
import { abilitiesOfMe } from '../../entities/people/abilities.ts';
import { useMe } from '../../entities/people/me.ts';

type Own = { operators: Operator[] | undefined; error: Error | null; retry: () => void };

/** The operators that the signed-in person may look into; `undefined` until it is known. */
export function useOwnOperators(): Own {
  const me = useMe();
  const all = useOperators();
  const ability = me.data && abilitiesOfMe(me.data);
  return {
    operators: ability && all.data?.filter(({ operatorId }) => may(ability, 'read', 'Operator', { operatorId })),
    error: me.error ?? all.error,
    retry: () => void Promise.all([me.refetch(), all.refetch()]),
  };
}
