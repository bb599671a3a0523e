import type { Authorized } from '../../../shared/access/authorize.ts';
import type { Applicant } from '../../../shared/booking/book/eligibility.ts';
import type { PersonId } from '../../../shared/contracts/common.ts';
import { getMany } from '../../../shared/table/read.ts';
import { profileFactFrom, profileFactKey, readProfile } from '../../people/index.ts';

/** Somebody's name, and whether a message can reach them; the number itself is none of ours. */
export type Reachable = { readonly name: string; readonly hasPhone: boolean };

/** These people by id, one call for each hundred. */
export async function readReachable(
  by: Authorized,
  personIds: readonly PersonId[],
): Promise<ReadonlyMap<string, Reachable>> {
  const wanted = [...new Set(personIds)];
  const found = new Map<string, Reachable>();
  for (let at = 0; at < wanted.length; at += 100) {
    const keyList = wanted.slice(at, at + 100).map((personId) => profileFactKey(by.tenantId, personId));
    for (const item of await getMany(keyList)) {
      const profile = profileFactFrom(item);
      if (!profile) continue;
      const { personId, name, phoneCipher } = profile;
      found.set(personId, { name, hasPhone: phoneCipher !== undefined });
    }
  }
  return found;
}

/** Somebody as the rules of a session look at them. */
export async function readApplicant(by: Authorized, personId: PersonId): Promise<Applicant | undefined> {
  const profile = await readProfile(by, personId);
  if (!profile) return undefined;
  const { birthDate, district, school, schoolConfirmed } = profile;
  return { personId, birthDate, district, school, schoolConfirmed };
}
