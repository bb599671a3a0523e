import { ageOn, type IsoDate } from '../../../shared/kernel/days.ts';
import { type Refusal, refuse, wrongField } from '../../../shared/kernel/refusal.ts';
import { birthDateOfResidentId, isResidentId } from '../../../shared/kernel/resident-id.ts';

/** Law on the Protection of Minors of the PRC, article 2: under eighteen. */
export const CHILD_UNDER_YEARS = 18;

/** The date of birth that a card number carries. Refuses `resident-id-check`. */
export function birthDateFromCard(cardNumber: string): IsoDate {
  if (!isResidentId(cardNumber)) throw refuse('resident-id-check');
  return birthDateOfResidentId(cardNumber);
}

/** As far as the date of birth is known: somebody without one is taken for an adult. */
export const isChild = (birthDate: IsoDate | undefined, today: IsoDate): boolean =>
  birthDate !== undefined && ageOn(birthDate, today) < CHILD_UNDER_YEARS;

/** Exactly one of card and phone says whom staff look for. */
export function checkSearch({
  cardNumber,
  phone,
}: {
  cardNumber?: string | undefined;
  phone?: string | undefined;
}): void {
  if ((cardNumber === undefined) === (phone === undefined)) {
    throw wrongField({ at: 'body', rule: 'one-of', message: 'give either cardNumber or phone' });
  }
  if (cardNumber !== undefined && !isResidentId(cardNumber)) throw refuse('resident-id-check');
}

/** The refusal when a date of birth that a card has proven should change. */
export const provenBirthDate = (): Refusal =>
  wrongField({ at: 'body.birthDate', rule: 'from-card', message: 'the date of birth comes from the resident ID card' });

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
