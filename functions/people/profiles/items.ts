import * as z from 'zod';
import type { AccessRecord } from '../../../shared/access/access-record.ts';
import { confirmation, memberGroups } from '../../../shared/contracts/city-rules.ts';
import {
  type HouseholdId,
  householdId,
  instant,
  isoDate,
  type PersonId,
  personId,
} from '../../../shared/contracts/common.ts';
import type { TenantId } from '../../../shared/contracts/id.ts';
import type { Person } from '../../../shared/contracts/people.ts';
import { maskedPhone } from '../../../shared/kernel/phone.ts';
import { maskedCardNumber } from '../../../shared/kernel/resident-id.ts';
import { decrypt, deriveLookupMac, encrypt } from '../../../shared/keyring/keyring.ts';
import type { RawItem } from '../../../shared/table/conditions.ts';
import { type Key, keys } from '../../../shared/table/keys.ts';
import { requestHashAttribute, storedAs } from '../../../shared/table/stored.ts';
import { requestHash } from '../requests/items.ts';

const profileFields = z.object({
  personId,
  name: z.string(),
  birthDate: isoDate.optional(),
  district: z.string().optional(),
  school: z.string().optional(),
  schoolConfirmed: confirmation.optional(),
  groups: memberGroups.optional(),
  phoneCipher: z.string().optional(),
  phoneMasked: z.string().optional(),
  cardCipher: z.string().optional(),
  cardMasked: z.string().optional(),
  householdId: householdId.optional(),
  version: z.int(),
  createdAt: instant,
  requestHash,
});
export type Profile = z.infer<typeof profileFields>;
export const profileItem = storedAs(profileFields, requestHashAttribute);

/** The item behind a phone or a card number, found by its keyed fingerprint. */
export const pointerItem = z.object({ personId });

/** An item with its key, ready for a put. */
export type PlannedItem = { readonly key: Key; readonly item: RawItem };

/** A phone or card number as it is stored: encrypted, masked, and the fingerprint it is looked up by. */
export type SealedNumber = { readonly cipher: string; readonly masked: string; readonly mac: string };

const cipherContext = (kind: 'phone' | 'card', tenantId: TenantId, personId: PersonId) =>
  `${kind}:${tenantId}:${personId}`;

/** The fingerprints live in the tenant's own keys, so equal numbers of two cities never meet. */
export async function sealNumber(
  kind: 'phone' | 'card',
  tenantId: TenantId,
  personId: PersonId,
  number: string,
): Promise<SealedNumber> {
  const [cipher, mac] = await Promise.all([
    encrypt(number, cipherContext(kind, tenantId, personId)),
    deriveLookupMac(kind, number),
  ]);
  return { cipher, mac, masked: kind === 'phone' ? maskedPhone(number) : maskedCardNumber(number) };
}

/** The phone number of a profile in clear (E.164), `undefined` when the person has none. */
export async function decryptPhone(tenantId: TenantId, profile: Profile): Promise<string | undefined> {
  if (!profile.phoneCipher) return undefined;
  return decrypt(profile.phoneCipher, cipherContext('phone', tenantId, profile.personId));
}

export type NewPerson = {
  readonly personId: PersonId;
  readonly name: string;
  readonly createdAt: string;
  readonly birthDate?: string | undefined;
  readonly district?: string | undefined;
  readonly school?: string | undefined;
  readonly schoolConfirmed?: Profile['schoolConfirmed'];
  readonly groups?: Profile['groups'];
  readonly phone?: SealedNumber | undefined;
  readonly card?: SealedNumber | undefined;
  readonly householdId?: HouseholdId | undefined;
  readonly actsFor?: AccessRecord['actsFor'];
  readonly posts?: AccessRecord['posts'];
  readonly service?: AccessRecord['service'];
  readonly requestHash?: string | undefined;
};

/** Everything that makes a person: the profile first, then the access record, then what phone and card are found by. */
export function personItems(tenantId: TenantId, person: NewPerson): PlannedItem[] {
  const { personId, phone, card, actsFor = {}, posts = {}, service, ...rest } = person;
  const profile: Profile = {
    ...rest,
    personId,
    version: 1,
    ...(phone ? { phoneCipher: phone.cipher, phoneMasked: phone.masked } : {}),
    ...(card ? { cardCipher: card.cipher, cardMasked: card.masked } : {}),
  };
  const access: AccessRecord = {
    personId,
    signedOutBeforeEpochSeconds: 0,
    actsFor,
    posts,
    ...(service ? { service } : {}),
  };
  return [
    { key: keys.people.profile(tenantId, personId), item: z.encode(profileItem, profile) },
    { key: keys.people.access(tenantId, personId), item: access },
    ...(phone ? [{ key: keys.people.phone(tenantId, phone.mac), item: { personId } }] : []),
    ...(card ? [{ key: keys.people.card(tenantId, card.mac), item: { personId } }] : []),
  ];
}

/** A person as the API shows them: what is not named here (numbers, fingerprints) stays inside. */
export function personOf(profile: Profile): Person {
  const { personId, name, birthDate, district, school, schoolConfirmed, groups, householdId, version } = profile;
  const { phoneMasked, cardMasked } = profile;
  const facts = { name, birthDate, district, school, schoolConfirmed, groups };
  return { personId, ...facts, phoneMasked, cardMasked, householdId, version };
}
