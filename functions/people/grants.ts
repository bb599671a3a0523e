import type * as z from 'zod';
import { authorized, mustBeAble } from '../../shared/access/authorize.ts';
import type { Grant, grantCreate } from '../../shared/contracts/people.ts';
import type { RequestContext } from '../../shared/http/context.ts';
import { fingerprint } from '../../shared/kernel/ids.ts';
import { normalizedPhone } from '../../shared/kernel/phone.ts';
import { isRefusal, Refusal, refuse } from '../../shared/kernel/refusal.ts';
import { lookupMac } from '../../shared/keyring/keyring.ts';
import { sendMessage } from '../../shared/messages/send.ts';
import { keys } from '../../shared/table/keys.ts';
import { parsedItem } from '../../shared/table/read.ts';
import { idFor } from './commands.ts';
import { type GrantItem, pointerItem, profileItem } from './items.ts';
import { maskedName } from './rules.ts';
import * as store from './store/grants.ts';
import { profilesOf } from './store/people.ts';

/**
 * Lets the person behind a phone number act for oneself or for a child one is guardian of. The holder learns of it by message. An
 * unknown number, or someone who may act already, gets the same answer and changes nothing. Refuses `no-authority`, `phone-format`.
 */
export async function giveGrant(body: z.output<typeof grantCreate>, context: RequestContext): Promise<void> {
  const phone = normalizedPhone(body.holderPhone);
  if (!phone) throw refuse('phone-format');
  const { tenantId } = context;
  const { by, items } = await authorized(context, [
    keys.profile(tenantId, body.subjectId),
    keys.phone(tenantId, await lookupMac('phone', phone)),
  ]);
  mustBeAble(by, 'share', 'Person', { personId: body.subjectId }, 'no-authority');
  if (body.kind === 'guardian' && body.subjectId === by.actor.personId) {
    throw new Refusal('invalid-input', {}, [
      { at: 'body.kind', rule: 'guardian-of-child', message: 'for yourself, give a proxy' },
    ]);
  }
  const [subject, pointer] = items;
  if (!subject) throw refuse('not-found');
  const holderId = pointer && parsedItem(pointerItem, pointer).personId;
  if (!holderId || holderId === body.subjectId || holderId === by.actor.personId) return;
  const grant: GrantItem = {
    grantId: idFor('g', 'grant', context),
    kind: body.kind,
    holderId,
    subjectId: body.subjectId,
    since: by.now.toISOString(),
  };
  try {
    await store.createGrant(by, grant, fingerprint(body));
  } catch (error) {
    if (isRefusal(error, 'already-granted')) return;
    throw error;
  }
  await sendMessage({
    kind: 'grant-received',
    tenantId,
    messageId: `grant-received:${grant.grantId}`,
    language: 'zh',
    personId: holderId,
    subjectName: parsedItem(profileItem, subject).name,
  });
}

/**
 * The grants a person holds, and those given over them. The name of a holder outside the viewer's household is masked: who names
 * a holder by phone number does not learn whose number it is. Refuses `no-authority`.
 */
export async function listGrants(
  personId: string,
  context: RequestContext,
): Promise<{ held: Grant[]; given: Grant[] }> {
  const { by } = await authorized(context);
  mustBeAble(by, 'share', 'Person', { personId }, 'no-authority');
  const grants = await store.grantsOf(by, personId);
  const viewer = by.actor.personId;
  const profiles = await profilesOf(by, [
    viewer,
    ...grants.flatMap(({ holderId, subjectId }) => [holderId, subjectId]),
  ]);
  const householdId = profiles.get(viewer)?.householdId;
  const holderName = (holderId: string): string => {
    const holder = profiles.get(holderId);
    const isKnown = holderId === viewer || (householdId !== undefined && holder?.householdId === householdId);
    return isKnown ? (holder?.name ?? '') : maskedName(holder?.name ?? '');
  };
  const shown = grants.map(
    ({ holderId, subjectId, ...grant }): Grant => ({
      ...grant,
      holder: { personId: holderId, name: holderName(holderId) },
      subject: { personId: subjectId, name: profiles.get(subjectId)?.name ?? '' },
    }),
  );
  return {
    held: shown.filter(({ holder }) => holder.personId === personId),
    given: shown.filter(({ subject }) => subject.personId === personId),
  };
}

/** Either side ends a grant: the holder, or whoever may share the subject. Refuses `not-found`, `no-authority`, `grant-ended`. */
export async function endGrant(personId: string, grantId: string, context: RequestContext): Promise<void> {
  const { by } = await authorized(context);
  if (personId !== by.actor.personId) mustBeAble(by, 'share', 'Person', { personId }, 'no-authority');
  const grant = await store.readGrant(by, personId, grantId);
  if (!grant) throw refuse('not-found');
  await store.endGrant(by, grant);
}
