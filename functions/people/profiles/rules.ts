import type { Household } from '../../../shared/contracts/people.ts';
import { ageOn, type IsoDate } from '../../../shared/kernel/days.ts';
import { type FieldProblem, Refusal, refuse } from '../../../shared/kernel/refusal.ts';
import { birthDateOfResidentId, isResidentId } from '../../../shared/kernel/resident-id.ts';
import type { MemberItem, MergeItem } from './items.ts';

export const MEMBERS_MOST = 12;
/** Law on the Protection of Minors of the PRC, article 2: under eighteen. */
const CHILD_UNDER_YEARS = 18;
/** Law on the Protection of the Rights and Interests of the Elderly of the PRC, article 2: sixty and over. */
const ELDER_FROM_YEARS = 60;

/** Long enough for someone who looks once a week. */
export const INVITATION_DAYS = 14;
/** Enough for a family, too few to try numbers. */
export const INVITATIONS_A_DAY_MOST = 10;

const wrongField = (at: string, rule: string, message: string): Refusal => {
  const fields: FieldProblem[] = [{ at, rule, message }];
  return new Refusal('invalid-input', {}, fields);
};

/** The date of birth that a card number carries. Refuses `resident-id-check`. */
export function birthDateFromCard(cardNumber: string): IsoDate {
  if (!isResidentId(cardNumber)) throw refuse('resident-id-check');
  return birthDateOfResidentId(cardNumber);
}

/** Refuses `invalid-input` when someone born on `birthDate` is no child, or no elder, `today`; `resident-id-check` when the card says another date. */
export function checkMember(
  member: { role: 'child' | 'elder'; birthDate: IsoDate; cardNumber?: string | undefined },
  today: IsoDate,
): void {
  if (member.birthDate > today) throw wrongField('body.birthDate', 'future', 'must not lie in the future');
  const age = ageOn(member.birthDate, today);
  if (member.role === 'child' && age >= CHILD_UNDER_YEARS) {
    throw wrongField('body.birthDate', 'child-age', `a child is under ${CHILD_UNDER_YEARS}`);
  }
  if (member.role === 'elder' && age < ELDER_FROM_YEARS) {
    throw wrongField('body.birthDate', 'elder-age', `an elder is ${ELDER_FROM_YEARS} or older`);
  }
  if (member.cardNumber && birthDateFromCard(member.cardNumber) !== member.birthDate) throw refuse('resident-id-check');
}

/** Refuses `adults-only` when the date of birth is known and says a child. */
export function checkAdult(birthDate: IsoDate | undefined, today: IsoDate): void {
  if (isChild(birthDate, today)) throw refuse('adults-only');
}

/** The refusal when somebody invites the number they sign in with. */
export const ownNumber = (at: string): Refusal => wrongField(at, 'own-number', 'this is your own number');

/** The refusal when somebody would have a guardian for themselves. */
export const guardianOfOneself = (): Refusal =>
  wrongField('body.kind', 'guardian-of-child', 'for yourself, give a proxy');

/** The refusal when a proxy would speak for the person. */
export const proxyCannotManage = (): Refusal => wrongField('body.rights', 'guardian-only', 'a proxy cannot manage');

/** Refuses `invalid-input` when a court's limit is not about a child and another person. */
export function checkLimit(
  child: { personId: string; birthDate?: IsoDate | undefined },
  adultId: string,
  today: IsoDate,
) {
  if (child.personId === adultId) throw wrongField('body.adultId', 'other-person', 'must be somebody else');
  if (!isChild(child.birthDate, today))
    throw wrongField('path.personId', 'child-age', `a child is under ${CHILD_UNDER_YEARS}`);
}

/** As far as the date of birth is known: somebody without one is taken for an adult. */
export const isChild = (birthDate: IsoDate | undefined, today: IsoDate): boolean =>
  birthDate !== undefined && ageOn(birthDate, today) < CHILD_UNDER_YEARS;

type Member = Pick<Household['members'][number], 'personId' | 'role'>;

/**
 * The adult who must still be there when `leaving` has left; `undefined` when those who stay need none. Refuses `last-adult` when
 * they need one and there is none, `no-authority` to a child: it belongs where its guardians have put it.
 */
export function keeperAfter(leaving: Member, others: readonly Member[]): string | undefined {
  if (leaving.role === 'child') throw refuse('no-authority');
  const needOne = leaving.role === 'adult' ? others.length > 0 : others.some(({ role }) => role === 'child');
  if (!needOne) return undefined;
  const keeper = others.find(({ role }) => role === 'adult');
  if (!keeper) throw refuse('last-adult');
  return keeper.personId;
}

/** A family changes its mind within a month; what came together a year ago is no longer taken apart by one side. */
const MERGE_UNDO_DAYS = 30;

export const undoUntil = (mergedAtEpochSeconds: number): number => mergedAtEpochSeconds + MERGE_UNDO_DAYS * 86_400;

const canBeUndone = ({ undoneAt, undoUntilEpochSeconds }: MergeItem, nowEpochSeconds: number): boolean =>
  undoneAt === undefined && nowEpochSeconds <= undoUntilEpochSeconds;

/** The merge into a household that either side can still undo. There is one at most: see {@link checkMerge}. */
export const standingMerge = (merges: readonly MergeItem[], nowEpochSeconds: number): MergeItem | undefined =>
  merges.find((merge) => canBeUndone(merge, nowEpochSeconds));

type Side = { readonly members: readonly MemberItem[]; readonly merges: readonly MergeItem[] };

export const isAdultOf = ({ members }: Pick<Side, 'members'>, personId: string): boolean =>
  members.some((member) => member.personId === personId && member.role === 'adult');

/**
 * Refuses `merge-standing` while a merge of either side can still be undone (taking back the first of two would be a guess), and
 * `too-many-members`.
 */
export function checkMerge(into: Side, from: Side, nowEpochSeconds: number): void {
  if (standingMerge(into.merges, nowEpochSeconds) ?? standingMerge(from.merges, nowEpochSeconds))
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
  const goes = (personId: string | undefined, steps = 0): boolean => {
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

/** Exactly one of card and phone says whom staff look for. */
export function checkSearch({
  cardNumber,
  phone,
}: {
  cardNumber?: string | undefined;
  phone?: string | undefined;
}): void {
  if ((cardNumber === undefined) === (phone === undefined)) {
    throw wrongField('body', 'one-of', 'give either cardNumber or phone');
  }
  if (cardNumber !== undefined && !isResidentId(cardNumber)) throw refuse('resident-id-check');
}

/** The refusal when a date of birth that a card has proven should change. */
export const provenBirthDate = (): Refusal =>
  wrongField('body.birthDate', 'from-card', 'the date of birth comes from the resident ID card');

/**
 * The version inside `If-Match`, which is the ETag of the record. Refuses `precondition-required` without the header and
 * `precondition-failed` for an ETag that no record has.
 */
export function versionOf(ifMatch: string | undefined): number {
  if (ifMatch === undefined) throw refuse('precondition-required');
  const version = /^(?:W\/)?"(\d{1,9})"$/.exec(ifMatch.trim())?.[1];
  if (version === undefined) throw refuse('precondition-failed');
  return Number(version);
}

export const etagOf = (version: number): string => `"${version}"`;

/** A name as shown where it may reach the wrong person: `陈小明` → `陈*明`, `王五` → `王*`. Long names stay short. */
export function maskedName(name: string): string {
  const letters = [...name];
  if (letters.length < 3) return `${letters[0] ?? ''}*`;
  return `${letters[0]}${'*'.repeat(Math.min(letters.length - 2, 4))}${letters[letters.length - 1]}`;
}
