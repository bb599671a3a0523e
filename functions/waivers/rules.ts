import { createHash } from 'node:crypto';
import type { Localized } from '../../shared/contracts/common.ts';
import type { MissingWaiver, PersonWaiver, Signature, Waiver } from '../../shared/contracts/waivers.ts';
import { ageOn, type IsoDate } from '../../shared/kernel/days.ts';

/** From this age on one signs for oneself (Civil Code of China, articles 17 and 18). */
const ADULT_YEARS = 18;

/** What a person has signed of one waiver, by version. */
export type SignedVersions = Readonly<Record<string, Signature>>;

/** Names the very words that are signed: SHA-256 over title and text in both languages. */
export function hashOf(title: Localized, text: Localized): string {
  return createHash('sha256')
    .update(JSON.stringify([title.zh, title.en, text.zh, text.en]))
    .digest('hex');
}

/** Whether somebody is known to be under age; whose date of birth is unknown is taken for an adult, as everywhere. */
export const isMinor = (birthDate: IsoDate | undefined, today: IsoDate): boolean =>
  birthDate !== undefined && ageOn(birthDate, today) < ADULT_YEARS;

/** The latest version that was signed. */
export function latestSignature(signed: SignedVersions): Signature | undefined {
  return Object.values(signed).sort((a, b) => b.version - a.version)[0];
}

export function stateOf({ version }: Pick<Waiver, 'version'>, signed: SignedVersions): PersonWaiver['state'] {
  if (signed[version]) return 'signed';
  return latestSignature(signed) ? 'outdated' : 'missing';
}

/** Of these waivers those that are not signed in the version that is current. */
export function missingOf(
  waivers: readonly { readonly waiver: Waiver; readonly signed: SignedVersions }[],
): MissingWaiver[] {
  return waivers
    .filter(({ waiver, signed }) => stateOf(waiver, signed) !== 'signed')
    .map(({ waiver: { waiverId, version, title } }) => ({ waiverId, version, title }));
}
