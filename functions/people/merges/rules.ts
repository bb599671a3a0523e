import type { AuthorizedActor } from '../../../shared/access/authorize.ts';
import type { PersonId } from '../../../shared/contracts/common.ts';
import { refuse } from '../../../shared/kernel/refusal.ts';
import type { MemberItem } from '../households/items.ts';
import { MEMBERS_MOST } from '../households/rules.ts';
import type { MergeInvitation } from '../invitations/items.ts';
import type { MergeItem } from './items.ts';

/** A family changes its mind within a month; what came together a year ago is no longer taken apart by one side. */
const MERGE_UNDO_DAYS = 30;

export const undoUntil = (mergedAtEpochSeconds: number): number => mergedAtEpochSeconds + MERGE_UNDO_DAYS * 86_400;

const canBeUndone = ({ undoneAt, undoUntilEpochSeconds }: MergeItem, nowEpochSeconds: number): boolean =>
  undoneAt === undefined && nowEpochSeconds <= undoUntilEpochSeconds;

/** The merge into a household that either side can still undo. There is one at most: see {@link checkMerge}. */
export const currentMerge = (merges: readonly MergeItem[], nowEpochSeconds: number): MergeItem | undefined =>
  merges.find((merge) => canBeUndone(merge, nowEpochSeconds));

type Side = { readonly members: readonly MemberItem[]; readonly merges: readonly MergeItem[] };

export const isAdultOf = ({ members }: Pick<Side, 'members'>, personId: PersonId): boolean =>
  members.some((member) => member.personId === personId && member.role === 'adult');

/**
 * Refuses `merge-standing` while a merge of either side can still be undone (taking back the first of two would be a guess), and
 * `too-many-members`.
 */
export function checkMerge(into: Side, from: Side, nowEpochSeconds: number): void {
  if (currentMerge(into.merges, nowEpochSeconds) ?? currentMerge(from.merges, nowEpochSeconds))
    throw refuse('merge-standing');
  if (into.members.length + from.members.length > MEMBERS_MOST)
    throw refuse('too-many-members', { most: MEMBERS_MOST });
}

/** Refuses `merge-final` once the month is over. */
export function checkUndo(merge: MergeItem, nowEpochSeconds: number): void {
  if (!canBeUndone(merge, nowEpochSeconds)) throw refuse('merge-final');
}

/**
 * Who goes back with the household that came in: who came with it and is still there, and whoever these, or others who go back, have
 * added since.
 */
export function partedMembers(
  { movedIds, at }: MergeItem,
  members: readonly MemberItem[],
): { returning: MemberItem[]; staying: MemberItem[] } {
  const byId = new Map(members.map((member) => [member.personId, member]));
  const goes = (personId: PersonId | undefined, steps = 0): boolean => {
    if (personId === undefined || steps > MEMBERS_MOST) return false;
    const member = byId.get(personId);
    // Whoever came later, or left and came again, goes with who brought them.
    if (member && member.since > at) return goes(member.addedBy, steps + 1);
    return movedIds.includes(personId);
  };
  const returning = members.filter(({ personId }) => goes(personId));
  const staying = members.filter((member) => !returning.includes(member));
  return { returning, staying };
}

/** Refuses `last-adult` when one of the two would be left with children or elders alone. */
export function checkParting(...sides: readonly (readonly MemberItem[])[]): void {
  if (sides.some((side) => side.length > 0 && !side.some(({ role }) => role === 'adult'))) throw refuse('last-adult');
}

/** What the head of a merged household may do for children whose guardian they are not: fetching them is a trust of its own. */
export const HEAD_RIGHTS = ['book'] as const;

/** For whom accepting lets the actor act: never for more than its sender has listed. */
export const newFor = (by: AuthorizedActor, { subjectIds }: MergeInvitation): string[] =>
  subjectIds.filter((personId) => !by.access.actsFor[personId] && !by.access.limitedFor?.has(personId));
