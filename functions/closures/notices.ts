import type { Authorized } from '../../shared/access/authorize.ts';
import type { PersonId } from '../../shared/contracts/common.ts';
import { CIVIL_ZONE, civilNow, clockTimeOf } from '../../shared/kernel/days.ts';
import { sendMessage } from '../../shared/messages/send.ts';
import { readProfiles } from '../people/index.ts';
import type { CaseItem, Party } from './cases/items.ts';
import type { ClosureItem } from './items.ts';
import type { OfferItem } from './offers/items.ts';
import type { WaitCaseItem } from './waitlist/items.ts';

/** Who is told: whoever booked; what staff booked is told to the person it is for. */
export const toldPersonOf = ({ byStaff, personId, actorId }: Pick<CaseItem, 'byStaff' | 'personId' | 'actorId'>) =>
  byStaff ? personId : actorId;
/** The same for who waits. */
export const toldOfWait = ({ byStaff, lead, actorId }: Pick<WaitCaseItem, 'byStaff' | 'lead' | 'actorId'>) =>
  byStaff ? lead : actorId;

async function namesOf(by: Authorized, personIds: readonly PersonId[]): Promise<string[]> {
  const people = await readProfiles(by, personIds);
  return personIds.map((personId) => people.get(personId)?.name ?? '');
}

/** Tells of the end of bookings and of the place that is kept instead, or of the price that comes back; once for all of them. */
export async function tell(by: Authorized, { closureId, reason }: ClosureItem, party: Party): Promise<void> {
  const [first] = party;
  const { offer, state, apart } = first;
  const common = {
    tenantId: by.tenantId,
    messageId: `closure:${closureId}:${first.bookingId}`,
    language: 'zh' as const,
    personId: toldPersonOf(first),
    closed: {
      beneficiaryNames: await namesOf(
        by,
        party.map(({ personId }) => personId),
      ),
      title: first.title.zh,
      date: first.date,
      startsAt: first.startsAt,
      reason: reason.zh,
      refundFen: party.reduce((sum, { refundFen }) => sum + refundFen, 0),
    },
  };
  if (state !== 'offered' || !offer) await sendMessage({ ...common, kind: 'closure-refunded' });
  else
    await sendMessage({
      ...common,
      kind: apart ? 'closure-offered-apart' : 'closure-offered',
      place: placeText(offer),
    });
}

/** Tells a party that it no longer waits. */
export async function tellWaits(by: Authorized, { closureId, reason }: ClosureItem, one: WaitCaseItem): Promise<void> {
  const { waitId, party, title, date, startsAt } = one;
  await sendMessage({
    kind: 'closure-line-ended',
    tenantId: by.tenantId,
    messageId: `closure:${closureId}:${waitId}`,
    language: 'zh',
    personId: toldOfWait(one),
    called: { beneficiaryNames: await namesOf(by, party), title: title.zh, date, startsAt, reason: reason.zh },
  });
}

function placeText({ centerName, title, date, startsAt, untilEpochSeconds }: OfferItem) {
  const until = civilNow(new Date(untilEpochSeconds * 1_000), CIVIL_ZONE);
  return {
    centerName: centerName.zh,
    title: title.zh,
    date,
    startsAt,
    until: `${until.date} ${clockTimeOf(until.minutes)}`,
  };
}
