import type * as z from 'zod';
import { may } from '../../shared/access/abilities.ts';
import { type AuthorizedActor, authorized, mustBeAble, mustNotBeLimited } from '../../shared/access/authorize.ts';
import type { CenterId, OfferingId, PersonId } from '../../shared/contracts/common.ts';
import type { WaiverId } from '../../shared/contracts/policy.ts';
import type { Signature, WaiverWithText, waiverPublish, waiverSign } from '../../shared/contracts/waivers.ts';
import type { RequestContext } from '../../shared/http/context.ts';
import { CIVIL_ZONE, civilNow } from '../../shared/kernel/days.ts';
import { refuse } from '../../shared/kernel/refusal.ts';
import { centerOf, keys } from '../../shared/table/keys.ts';
import { parsedItem } from '../../shared/table/read.ts';
import { centerFactKey, offeringFactFrom, offeringFactKey, setWaiversAsked } from '../centers/index.ts';
import { profileFactFrom, profileFactKey } from '../people/index.ts';
import { waiverItem } from './items.ts';
import { hashOf, isMinor } from './rules.ts';
import { keepSignature, publish } from './store.ts';

/** Who may say what must be signed: the staff of a center for that center, bureaus for the whole city. */
function mustPublish(by: AuthorizedActor, centerId: CenterId | undefined): void {
  if (centerId) mustBeAble(by, 'staff', 'Desk', { centerId });
  else mustBeAble(by, 'publish', 'City', { tenantId: by.tenantId });
}

/**
 * Puts a new version out, which counts from this moment on: whoever has signed an older one signs again before the next check-in. The
 * same version again changes nothing. Refuses `forbidden`, `not-found` (no such center), `changed-meanwhile`.
 */
export async function publishWaiver(
  context: RequestContext,
  { replaces, ...wanted }: z.output<typeof waiverPublish>,
): Promise<WaiverWithText> {
  const { centerId, waiverId } = wanted;
  const { by, items } = await authorized(context, centerId ? [centerFactKey(context.tenantId, centerId)] : []);
  mustPublish(by, centerId);
  if (centerId && !items[0]) throw refuse('not-found');
  const waiver: WaiverWithText = {
    ...wanted,
    waiverId,
    version: replaces + 1,
    hash: hashOf(wanted.title, wanted.text),
    publishedAt: by.now.toISOString(),
  };
  await publish(by, waiver, by.actor.personId);
  return waiver;
}

/**
 * Makes an offering ask for a waiver before anybody is checked in, or ask no longer. Done again it changes nothing. Refuses `forbidden` to
 * all but the staff of its center and bureaus, and where the waiver is another center's; `not-found`, `changed-meanwhile`.
 */
export async function askForWaiver(
  context: RequestContext,
  waiverId: WaiverId,
  offeringId: OfferingId,
  asked: boolean,
): Promise<void> {
  const { tenantId } = context;
  const { by, items } = await authorized(context, [
    keys.waivers.waiver(tenantId, waiverId),
    offeringFactKey(tenantId, offeringId),
  ]);
  const centerId = centerOf(offeringId);
  if (!may(by.ability, 'publish', 'City', { tenantId })) mustBeAble(by, 'staff', 'Desk', { centerId });
  const stored = offeringFactFrom(items[1]);
  if (!items[0] || !stored) throw refuse('not-found');
  const waiver = parsedItem(waiverItem, items[0]);
  if (waiver.centerId !== undefined && waiver.centerId !== centerId) throw refuse('forbidden');
  const waiverIds = stored.policy?.waivers ?? [];
  if (waiverIds.includes(waiverId) === asked) return;
  const others = waiverIds.filter((one) => one !== waiverId);
  await setWaiversAsked(by, stored, asked ? [...others, waiverId] : others);
}

/**
 * Signs a waiver for a person: the person, if of age, or a guardian; or staff who have the signed paper before them and say why.
 * Signing the same version twice keeps the first. Refuses `no-authority`, `adults-only`, `not-found`, `waiver-outdated`.
 */
export async function signWaiver(
  context: RequestContext,
  personId: PersonId,
  waiverId: WaiverId,
  { version, signedName, paper }: z.output<typeof waiverSign>,
): Promise<Signature> {
  const { tenantId } = context;
  const { by, items } = await authorized(context, [
    profileFactKey(tenantId, personId),
    keys.waivers.waiver(tenantId, waiverId),
  ]);
  const [profile, waiver] = [profileFactFrom(items[0]), items[1] && parsedItem(waiverItem, items[1])];
  if (paper) {
    mustBeAble(by, 'enroll', 'City', { tenantId }, 'no-authority');
    mustNotBeLimited(by, [personId]);
  }
  if (!paper && !may(by.ability, 'update', 'Person', { personId })) throw refuse('no-authority');
  if (!profile || !waiver) throw refuse('not-found');
  const isOwn = personId === by.actor.personId;
  if (!paper && isOwn && isMinor(profile.birthDate, civilNow(by.now, CIVIL_ZONE).date)) throw refuse('adults-only');
  if (version !== waiver.version) throw refuse('waiver-outdated', { waiverId, version: waiver.version });
  return keepSignature(by, personId, waiverId, {
    version,
    hash: waiver.hash,
    at: by.now.toISOString(),
    byId: by.actor.personId,
    signedName,
    ...(paper ? { paper } : {}),
  });
}
