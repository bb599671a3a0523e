import type * as z from 'zod';
import { authorized, mustBeAble, mustNotBeLimited } from '../../../shared/access/authorize.ts';
import type { PersonId } from '../../../shared/contracts/common.ts';
import type { confirmedFact, Person, personByStaff, profileChange } from '../../../shared/contracts/people.ts';
import type { RequestContext } from '../../../shared/http/context.ts';
import { fingerprint } from '../../../shared/kernel/ids.ts';
import { logReads, readLogItem, readPostNames } from '../reads/store.ts';
import { type Created, idFor } from '../requests/items.ts';
import { personOf, sealNumber } from './items.ts';
import { birthDateFromCard, versionOf } from './rules.ts';
import * as people from './store.ts';
import { mustReadProfile } from './store.ts';

/** Refuses `no-authority`, `precondition-required`, `precondition-failed`. */
export async function changeProfile(
  context: RequestContext,
  personId: PersonId,
  change: z.output<typeof profileChange>,
): Promise<Person> {
  const { by } = await authorized(context);
  mustBeAble(by, 'update', 'Person', { personId }, 'no-authority');
  return personOf(await people.updateProfile(by, personId, versionOf(context.ifMatch), change));
}

/**
 * Staff have seen a document: the school somebody goes to, or that they belong to a group. The person sees who confirmed what, and why.
 * Refuses `forbidden`, `no-authority` where a court keeps them from this child, `not-found`, `changed-meanwhile`.
 */
export async function confirmFact(
  context: RequestContext,
  personId: PersonId,
  { reason, ...fact }: z.output<typeof confirmedFact>,
): Promise<Person> {
  const { by } = await authorized(context);
  mustBeAble(by, 'enroll', 'City', { tenantId: by.tenantId });
  mustNotBeLimited(by, [personId]);
  const profile = await people.confirmFact(by, personId, fact);
  const what = 'groupId' in fact ? `group-${fact.member ? 'confirmed' : 'ended'} ${fact.groupId}` : 'school-confirmed';
  await logReads(by, [personId], { as: readPostNames(by), what, reason });
  return personOf(profile);
}

/** Staff create a record for someone without a phone. Refuses `forbidden`, `resident-id-check`, `person-exists`. */
export async function createByStaff(
  context: RequestContext,
  body: z.output<typeof personByStaff>,
): Promise<Created<{ person: Person }>> {
  const { by } = await authorized(context);
  mustBeAble(by, 'enroll', 'City', { tenantId: by.tenantId });
  const { name, district, cardNumber, reason } = body;
  const birthDate = birthDateFromCard(cardNumber);
  const personId = idFor(context, 'p', 'person');
  const { outcome } = await people.createByStaff(
    by,
    {
      personId,
      name,
      birthDate,
      district,
      card: await sealNumber('card', by.tenantId, personId, cardNumber),
      createdAt: by.now.toISOString(),
      requestHash: fingerprint(body),
    },
    readLogItem(by, personId, { as: readPostNames(by), what: 'record-created', reason }),
  );
  return { person: personOf(await mustReadProfile(by, personId)), replayed: outcome === 'done' };
}
