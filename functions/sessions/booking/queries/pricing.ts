import { authorized, mustBeAble } from '../../../../shared/access/authorize.ts';
import { sessionFactFrom, sessionFactKey } from '../../../../shared/booking/facts/sessions.ts';
import { type PaidBy, type Pricing, pricingFor } from '../../../../shared/booking/price/pricing.ts';
import type { Quote } from '../../../../shared/booking/price/quotes.ts';
import type { WantedParty } from '../../../../shared/contracts/checkout.ts';
import type { RequestContext } from '../../../../shared/http/context.ts';
import { refuse } from '../../../../shared/kernel/refusal.ts';
import { partsOfSessionId } from '../../../../shared/table/keys.ts';
import { offeringFactFrom, offeringFactKey } from '../../../centers/index.ts';
import { profileFactFrom, profileFactKey } from '../../../people/index.ts';
import { type Facts, peopleIn, Wanted } from './facts.ts';

/** What an order costs, by the facts that it is decided by; `paidWith` says what a pass or a fund pays for. */
export const pricingOf = (
  { parties, people, offering }: Pick<Facts, 'parties' | 'people' | 'offering'>,
  paidWith?: PaidBy,
): Pricing => pricingFor({ parties, people, policyOf: (session) => offering(session)?.policy }, paidWith);

/**
 * What an order would cost now, place by place, with each discount by its name. It claims nothing and promises no place; the booking keeps
 * the prices it is made at. Refuses `no-authority`, `not-found`.
 */
export async function quoteSessions(context: RequestContext, parties: readonly WantedParty[]): Promise<Quote> {
  const { tenantId } = context;
  const wanted = new Wanted();
  for (const personId of peopleIn(parties)) wanted.want(profileFactKey(tenantId, personId));
  for (const { sessionId } of parties) {
    wanted.want(sessionFactKey(tenantId, sessionId));
    wanted.want(offeringFactKey(tenantId, partsOfSessionId(sessionId).offeringId));
  }
  const { by, items } = await authorized(context, wanted.list);
  for (const personId of peopleIn(parties)) mustBeAble(by, 'book', 'Person', { personId }, 'no-authority');
  wanted.found(items);
  return pricingOf({
    parties: parties.map(({ sessionId, beneficiaryIds }) => {
      const session = sessionFactFrom(wanted.got(sessionFactKey(tenantId, sessionId)));
      if (!session) throw refuse('not-found', { sessionId });
      return { session, beneficiaryIds };
    }),
    people: peopleIn(parties).map((personId) => {
      const profile = profileFactFrom(wanted.got(profileFactKey(tenantId, personId)));
      if (!profile) throw refuse('not-found', { personId });
      return profile;
    }),
    offering: ({ offeringId }) => offeringFactFrom(wanted.got(offeringFactKey(tenantId, offeringId))),
  }).quote;
}
