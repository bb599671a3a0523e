import type { Person } from '../../shared/contracts/people.ts';
import { accepted, noContent } from '../../shared/http/answer.ts';
import type { Profile } from './items.ts';

/** A person as the API shows them: what is not named here (numbers, fingerprints) stays inside. */
export function personOf(profile: Profile): Person {
  const { personId, name, birthDate, district, school, schoolConfirmed, groups, householdId, version } = profile;
  const { phoneMasked, cardMasked } = profile;
  const facts = { name, birthDate, district, school, schoolConfirmed, groups };
  return { personId, ...facts, phoneMasked, cardMasked, householdId, version };
}

/** The same for a number that is known and one that is not. */
export const invited = (sent: Promise<void>) => sent.then(() => accepted({ accepted: true }));
export const done = (carriedOut: Promise<void>) => carriedOut.then(noContent);
