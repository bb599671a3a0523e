import type { SessionId } from '../../../../shared/contracts/common.ts';
import type { PayWith } from '../../../../shared/contracts/passes.ts';
import { PayWithField } from '../allowances/pay-with-field.tsx';
import { peopleToBookFor } from '../people/abilities.ts';
import { useMe } from '../people/me.ts';
import { useSession } from '../sessions/sessions.ts';

type Props = {
  sessionId: SessionId;
  places: number;
  value: PayWith | undefined;
  onChange: (payWith: PayWith | undefined) => void;
};

/** A pass or a fund that pays for the places of an offer; first the one that was named when joining the line. */
export function OfferPayment({ sessionId, places, value, onChange }: Props) {
  const session = useSession(sessionId).data;
  const me = useMe().data;
  if (!session || !me) return null;
  return (
    <PayWithField session={session} people={peopleToBookFor(me)} places={places} value={value} onChange={onChange} />
  );
}
