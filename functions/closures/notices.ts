import type { Authorized } from '../../shared/access/authorize.ts';
import { CIVIL_ZONE, civilNow, clockTimeOf } from '../../shared/kernel/days.ts';
import { sendMessage } from '../../shared/messages/send.ts';
import { profilesOf } from '../people/index.ts';
import type { CaseItem, ClosureItem, OfferItem } from './items.ts';

/** Who is told: whoever booked; what staff booked is told to the person it is for. */
export const toldPersonOf = ({ byStaff, personId, actorId }: Pick<CaseItem, 'byStaff' | 'personId' | 'actorId'>) =>
  byStaff ? personId : actorId;

/** Tells of the end of a booking and of the place that is kept instead, or of the price that comes back; once for each. */
export async function tell(by: Authorized, { closureId, reason }: ClosureItem, one: CaseItem): Promise<void> {
  const people = await profilesOf(by, [one.personId]);
  const { offer, state } = one;
  const common = {
    tenantId: by.tenantId,
    messageId: `closure:${closureId}:${one.bookingId}`,
    language: 'zh' as const,
    personId: toldPersonOf(one),
    closed: {
      beneficiaryName: people.get(one.personId)?.name ?? '',
      title: one.title.zh,
      date: one.date,
      startsAt: one.startsAt,
      reason: reason.zh,
      refundFen: one.refundFen,
    },
  };
  if (state === 'offered' && offer) await sendMessage({ ...common, kind: 'closure-offered', place: placeText(offer) });
  else await sendMessage({ ...common, kind: 'closure-refunded' });
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
