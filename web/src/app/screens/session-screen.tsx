import { InRound } from '../../features/rounds/in-round.tsx';
import { SessionScreen as Session } from '../../features/sessions/session-screen.tsx';

/** A session; where a draw gives its places, the way to the draw stands in the place of the booking form. */
export function SessionScreen() {
  return <Session inRound={(roundId) => <InRound roundId={roundId} />} />;
}
