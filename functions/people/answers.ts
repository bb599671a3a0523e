import type { Person } from '../../shared/contracts/people.ts';
import { type Answer, noContent } from '../../shared/http/answer.ts';
import type { Profile } from './profiles/items.ts';

/** A person as the API shows them: what is not named here (numbers, fingerprints) stays inside. */
export function personOf(profile: Profile): Person {
  const { personId, name, birthDate, district, school, schoolConfirmed, groups, householdId, version } = profile;
  const { phoneMasked, cardMasked } = profile;
  const facts = { name, birthDate, district, school, schoolConfirmed, groups };
  return { personId, ...facts, phoneMasked, cardMasked, householdId, version };
}

/** The same for a number that is known and one that is not. */
export const invited = (sent: Promise<void>): Promise<Answer> =>
  sent.then(() => ({ status: 202, body: { accepted: true } }));
export const done = (carriedOut: Promise<void>): Promise<Answer> => carriedOut.then(noContent);
