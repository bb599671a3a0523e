import type { GroupId } from '../../../shared/contracts/city-rules.ts';
import { type Refusal, refuse } from '../../../shared/kernel/refusal.ts';
import type { RoundItem } from '../items.ts';
import { phaseOf } from '../rules.ts';

/** Why an application cannot be made or changed now, or `undefined`. */
export function refusalOfWindow(round: RoundItem, now: Date): Refusal | undefined {
  if (phaseOf(round, now) === 'open') return undefined;
  return refuse('round-not-open', { roundId: round.roundId, opensAt: round.opensAt, closesAt: round.closesAt });
}

/** Why the group is none of this round, or `undefined`. */
export function refusalOfGroup(round: RoundItem, groupId: GroupId | undefined): Refusal | undefined {
  const known = groupId === undefined || round.groups.some((group) => group.groupId === groupId);
  return known ? undefined : refuse('group-not-in-round', { groupId });
}
