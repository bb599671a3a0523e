import type { PersonId, SessionId } from '../../contracts/common.ts';
import type { Eligibility } from '../../contracts/policy.ts';
import { monthsLivedOn } from '../../kernel/days.ts';
import { type Refusal, refuse } from '../../kernel/refusal.ts';

/** A session as far as the rules about people look at it. */
export type ForWhom = {
  readonly sessionId: SessionId;
  readonly date: string;
  /** The short form of a rule of age, in whole years. */
  readonly minAgeYears?: number | undefined;
  readonly maxAgeYears?: number | undefined;
};

/** A person as far as the rules look at them. */
export type Applicant = {
  readonly personId: PersonId;
  readonly birthDate?: string | undefined;
  readonly district?: string | undefined;
  readonly school?: string | undefined;
  /** That staff have seen a paper for it; a school that is only stated fulfills nothing. */
  readonly schoolConfirmed?: object | undefined;
  /** Whether a session of the offering that must come before was attended. */
  readonly hasAttended?: boolean | undefined;
};

type Ages = { readonly minAgeMonths?: number; readonly maxAgeMonths?: number };

const strictest = (pick: (...of: number[]) => number, limits: readonly (number | undefined)[]): number | undefined => {
  const known = limits.filter((limit) => limit !== undefined);
  return known.length > 0 ? pick(...known) : undefined;
};

/** The ages asked for, in months lived: the years of the session and the months of the offering, whichever is stricter. */
export function agesAsked({ minAgeYears, maxAgeYears }: Omit<ForWhom, 'sessionId' | 'date'>, rule?: Eligibility): Ages {
  // "At most twelve" is over on the thirteenth birthday, twelve years and eleven months after the start.
  const mostOfYears = maxAgeYears === undefined ? undefined : maxAgeYears * 12 + 11;
  const leastOfYears = minAgeYears === undefined ? undefined : minAgeYears * 12;
  const minAgeMonths = strictest(Math.max, [leastOfYears, rule?.minAgeMonths]);
  const maxAgeMonths = strictest(Math.min, [mostOfYears, rule?.maxAgeMonths]);
  return {
    ...(minAgeMonths === undefined ? {} : { minAgeMonths }),
    ...(maxAgeMonths === undefined ? {} : { maxAgeMonths }),
  };
}

/**
 * Why somebody's age on the session's own date does not fit (`age`, the facts name the rule and both ages in months), or that it cannot
 * be told (`birth-date-missing`). A session without a rule of age asks for no birth date.
 */
export function refusalOfAge(session: ForWhom, person: Applicant, rule?: Eligibility): Refusal | undefined {
  const ages = agesAsked(session, rule);
  const { minAgeMonths, maxAgeMonths } = ages;
  if (minAgeMonths === undefined && maxAgeMonths === undefined) return undefined;
  const { sessionId, date } = session;
  const { personId, birthDate } = person;
  if (!birthDate) return refuse('birth-date-missing', { personId, sessionId });
  const ageMonths = monthsLivedOn(birthDate, date);
  const broken =
    minAgeMonths !== undefined && ageMonths < minAgeMonths
      ? 'min-age'
      : maxAgeMonths !== undefined && ageMonths > maxAgeMonths
        ? 'max-age'
        : undefined;
  return broken ? refuse('age', { rule: broken, sessionId, personId, on: date, ageMonths, ...ages }) : undefined;
}

/**
 * Why this person may not come, by the rules that the offering keeps as data; each refusal names its rule: `age`, `birth-date-missing`,
 * `district`, `school`, `prerequisite`. What a rule asks for and the profile does not say counts as not fulfilled.
 */
export function refusalOfEligibility(session: ForWhom, person: Applicant, rule?: Eligibility): Refusal | undefined {
  const age = refusalOfAge(session, person, rule);
  if (age || !rule) return age;
  const facts = { sessionId: session.sessionId, personId: person.personId };
  const { districts, schools, afterOfferingId } = rule;
  if (districts && !districts.some((one) => one === person.district))
    return refuse('district', { rule: 'districts', ...facts, districts, district: person.district });
  const atSchool = schools?.some((one) => one === person.school);
  if (schools && !(atSchool && person.schoolConfirmed))
    return refuse('school', { rule: 'schools', ...facts, schools, school: person.school, unconfirmed: atSchool });
  if (afterOfferingId && !person.hasAttended)
    return refuse('prerequisite', { rule: 'after', ...facts, afterOfferingId });
  return undefined;
}

/** The places kept for a group, as long as they are: until so many hours before the start. */
export function keptFor(
  rule: Eligibility | undefined,
  nowEpochSeconds: number,
  startsAtEpochSeconds: number,
): { group: string; places: number; untilEpochSeconds: number } | undefined {
  if (!rule?.priority) return undefined;
  const { group, places, untilHoursBefore } = rule.priority;
  const untilEpochSeconds = startsAtEpochSeconds - untilHoursBefore * 3_600;
  return nowEpochSeconds < untilEpochSeconds && places > 0 ? { group, places, untilEpochSeconds } : undefined;
}
