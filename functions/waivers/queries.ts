import { anyone, authorized, mustBeAble } from '../../shared/access/authorize.ts';
import type { PersonId } from '../../shared/contracts/common.ts';
import type { WaiverId } from '../../shared/contracts/policy.ts';
import type { PersonWaiver, Waiver, WaiverWithText } from '../../shared/contracts/waivers.ts';
import type { RequestContext } from '../../shared/http/context.ts';
import { CIVIL_ZONE, civilNow } from '../../shared/kernel/days.ts';
import { refuse } from '../../shared/kernel/refusal.ts';
import { partsOfSessionId } from '../../shared/table/keys.ts';
import { latestSignature, stateOf } from './rules.ts';
import {
  readComingSessions,
  readSignatures,
  readWaiverHead,
  readWaivers,
  readWaiversOfOfferings,
  waiverText,
} from './store.ts';

/** What there is to sign, for everybody to know. */
export const listWaivers = (context: RequestContext): Promise<Waiver[]> => readWaivers(anyone(context));

/** A waiver with its text: the current version, or an older one that somebody has signed. Refuses `not-found`. */
export async function readOneWaiver(
  context: RequestContext,
  waiverId: WaiverId,
  version?: number,
): Promise<WaiverWithText> {
  const by = anyone(context);
  const wanted = version ?? (await readWaiverHead(by, waiverId))?.version;
  const found = wanted && (await waiverText(by, waiverId, wanted));
  if (!found) throw refuse('not-found');
  return found;
}

/** What a person has signed, and what is still to be signed for what they have booked. Refuses `no-authority`. */
export async function listWaiversOf(context: RequestContext, personId: PersonId): Promise<PersonWaiver[]> {
  const { by } = await authorized(context);
  mustBeAble(by, 'read', 'Person', { personId }, 'no-authority');
  const [heads, signed, coming] = await Promise.all([
    readWaivers(by),
    readSignatures(by, personId),
    readComingSessions(by, personId, civilNow(by.now, CIVIL_ZONE).date),
  ]);
  const sessions = coming.map(({ sessionId = '', title, date }) => ({
    offeringId: partsOfSessionId(sessionId).offeringId,
    title,
    date,
  }));
  const named = await readWaiversOfOfferings(
    by,
    sessions.map(({ offeringId }) => offeringId),
  );
  return heads.flatMap((waiver): PersonWaiver[] => {
    const versions = signed.find(({ waiverId }) => waiverId === waiver.waiverId)?.versions ?? {};
    const neededFor = sessions
      .filter(({ offeringId }) => named.get(offeringId)?.includes(waiver.waiverId))
      .map(({ title, date }) => ({ title, date }));
    const signature = latestSignature(versions);
    // What was never signed and nothing asks for is nobody's concern.
    if (!signature && neededFor.length === 0) return [];
    return [{ waiver, state: stateOf(waiver, versions), ...(signature ? { signature } : {}), neededFor }];
  });
}
