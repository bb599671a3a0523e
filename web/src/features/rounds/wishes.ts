import type { RoundSession } from '../../../../shared/contracts/rounds.ts';
import { ageOn } from '../../../../shared/kernel/days.ts';

/** The same limits as the server's. */
export const WISHES_MOST = 10;
export const TOGETHER_MOST = 4;

/** The list with one wish a place up (-1) or down (1); at the ends it stays as it is. */
export function moved(wishes: readonly string[], wish: string, by: -1 | 1): string[] {
  const from = wishes.indexOf(wish);
  const to = from + by;
  if (from < 0 || to < 0 || to >= wishes.length) return [...wishes];
  const list = wishes.filter((other) => other !== wish);
  list.splice(to, 0, wish);
  return list;
}

type Child = { readonly birthDate?: string | undefined };

/** Whether every child has the age for the session on its date; one whose date of birth is not known has not. */
export function admits({ minAgeYears, maxAgeYears, date }: RoundSession, children: readonly Child[]): boolean {
  if (minAgeYears === undefined && maxAgeYears === undefined) return true;
  return children.every(({ birthDate }) => {
    if (!birthDate) return false;
    const age = ageOn(birthDate, date);
    return (minAgeYears === undefined || age >= minAgeYears) && (maxAgeYears === undefined || age <= maxAgeYears);
  });
}
