import { isIsoDate } from './days.ts';

const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
const CHECK_CHARACTERS = '10X98765432';

/** The check character of the first 17 digits, by ISO 7064 MOD 11-2 as GB 11643-1999 prescribes it. */
export function residentIdCheckCharacter(first17: string): string {
  const sum = WEIGHTS.reduce((total, weight, index) => total + weight * Number(first17[index]), 0);
  return CHECK_CHARACTERS[sum % 11] ?? '';
}

/** True for an 18-character resident identity number whose date exists and whose check character fits (GB 11643-1999). */
export function isResidentId(text: string): boolean {
  if (!/^[1-9]\d{16}[\dX]$/.test(text)) return false;
  return isIsoDate(birthDateOfResidentId(text)) && residentIdCheckCharacter(text.slice(0, 17)) === text[17];
}

/** The date of birth in characters 7 to 14, `YYYY-MM-DD`. */
export function birthDateOfResidentId(text: string): string {
  return `${text.slice(6, 10)}-${text.slice(10, 12)}-${text.slice(12, 14)}`;
}

/** What may be shown of a card number: the first three and the last four characters. */
export function maskedCardNumber(text: string): string {
  return `${text.slice(0, 3)}${'*'.repeat(Math.max(0, text.length - 7))}${text.slice(-4)}`;
}
