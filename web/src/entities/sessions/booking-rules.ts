import type { Me } from '../../../../shared/contracts/people.ts';
import type { Session } from '../../../../shared/contracts/sessions.ts';
import { ageOn, type CivilTime } from '../../../../shared/kernel/days.ts';
import { hasStarted } from '../../lib/has-started.ts';

export type Beneficiary = Me['actsFor'][number];

/** The request takes at most so many; the server says the same. */
export const MOST_SESSIONS = 10;
export const MOST_PEOPLE = 6;
export const MOST_PLACES = 20;

export type WhyNotPerson = 'age' | 'birth-date-missing';

/** Why this person cannot be booked into the session, by age on its own date; the server decides again. */
export function whyNotPerson(person: Beneficiary, session: Session): WhyNotPerson | undefined {
  const { minAgeYears, maxAgeYears, date } = session;
  if (minAgeYears === undefined && maxAgeYears === undefined) return undefined;
  if (!person.birthDate) return 'birth-date-missing';
  const age = ageOn(person.birthDate, date);
  const fits = age >= (minAgeYears ?? age) && age <= (maxAgeYears ?? age);
  return fits ? undefined : 'age';
}

export type WhyNotSession = 'started' | 'closed' | 'full' | 'few';

/** Why a party of `people` cannot be booked into the session; `few` when there are places, but not for all of them. */
export function whyNotSession(session: Session, people: number, now: CivilTime): WhyNotSession | undefined {
  if (hasStarted(now, session.date, session.startsAt)) return 'started';
  if (session.status === 'closed') return 'closed';
  if (session.placesLeft <= 0) return 'full';
  return session.placesLeft < people ? 'few' : undefined;
}
