import type { Person } from '../../shared/contracts/people.ts';
import type { Profile } from './items.ts';

/** A person as the API shows them: what is not named here (numbers, fingerprints) stays inside. */
export function personOf(profile: Profile): Person {
  const { personId, name, birthDate, district, phoneMasked, cardMasked, householdId, version } = profile;
  return { personId, name, birthDate, district, phoneMasked, cardMasked, householdId, version };
}
