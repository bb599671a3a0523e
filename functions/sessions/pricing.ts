import { authorized, mustBeAble } from '../../shared/access/authorize.ts';
import { agreedTiers } from '../../shared/booking/cancel-rules.ts';
import type { OrderFamily } from '../../shared/booking/orders.ts';
import { eldestFirst, type Quote, quoteOf, type Tariff } from '../../shared/booking/quotes.ts';
import { type Seat, type SessionItem, sessionItem } from '../../shared/booking/session-item.ts';
import type { WantedParty } from '../../shared/contracts/bookings.ts';
import type { PaidWith } from '../../shared/contracts/passes.ts';
import type { RequestContext } from '../../shared/http/context.ts';
import { refuse } from '../../shared/kernel/refusal.ts';
import { keys, partsOfSessionId } from '../../shared/table/keys.ts';
import { parsedItem } from '../../shared/table/read.ts';
import { offeringItem } from '../centers/index.ts';
import { profileItem } from '../people/index.ts';
import { type Facts, peopleIn, Wanted } from './booking-facts.ts';

/** What pays for a place instead of the resident. */
type PaidBy = (session: SessionItem, personId: string) => PaidWith | undefined;
type Priced = Pick<Facts, 'parties' | 'people' | 'offering'>;

/** What an order costs, place by place, and what each seat keeps of it. */
export type Pricing = {
  readonly quote: Quote;
  readonly partyFen: (sessionId: string) => number;
  /** What a seat carries of its price: so that no change of a tariff or a rule moves what was agreed. */
  readonly seatPart: (session: SessionItem, personId: string) => Pick<Seat, 'c' | 'k' | 'w'>;
  /** By what families of the order are priced again when one of them cancels; `undefined` where nobody pays less. */
  readonly family: OrderFamily | undefined;
};

/**
 * Prices every place of an order, each session by itself: first, second, third child, and the most for a family. A place that a pass or a
 * fund pays for costs the resident nothing, and nobody pays less for it.
 */
export function pricingOf({ parties, people, offering }: Priced, paidWith: PaidBy = () => undefined): Pricing {
  const tariffs = new Map<string, Tariff>(
    parties.map(({ session }) => [
      session.sessionId,
      { priceFen: session.residentPriceFen, family: offering(session)?.policy?.family },
    ]),
  );
  const tariffOf = (sessionId: string): Tariff => tariffs.get(sessionId) ?? { priceFen: 0 };
  const places = parties.flatMap(({ session, beneficiaryIds }) =>
    beneficiaryIds
      .filter((personId) => !paidWith(session, personId))
      .map((personId) => ({ sessionId: session.sessionId, personId })),
  );
  const ranks = eldestFirst(people);
  const quote = quoteOf(places, tariffOf, ranks);
  const lineOf = (sessionId: string, personId: string) =>
    quote.lines.find((line) => line.sessionId === sessionId && line.personId === personId);
  const families = parties.flatMap(({ session: { sessionId } }) => {
    const { priceFen, family } = tariffOf(sessionId);
    const pays = (id: string) => places.some((place) => place.sessionId === sessionId && place.personId === id);
    const paying = ranks.filter(pays);
    return family && paying.length > 1 ? [[sessionId, { priceFen, family, eldestFirst: paying }] as const] : [];
  });
  return {
    quote,
    partyFen: (sessionId) =>
      quote.lines.reduce((sum, line) => sum + (line.sessionId === sessionId ? line.priceFen : 0), 0),
    seatPart: (session, personId) => {
      const w = paidWith(session, personId);
      if (w) return { c: 0, k: agreedTiers(offering(session)?.policy), w };
      const priceFen = lineOf(session.sessionId, personId)?.priceFen ?? session.residentPriceFen;
      if (priceFen === 0 && session.residentPriceFen === 0) return {};
      return { c: priceFen, k: agreedTiers(offering(session)?.policy) };
    },
    family: families.length > 0 ? Object.fromEntries(families) : undefined,
  };
}

/**
 * What an order would cost now, place by place, with each discount by its name. It claims nothing and promises no place; the booking keeps
 * the prices it is made at. Refuses `no-authority`, `not-found`.
 */
export async function quoteSessions(context: RequestContext, parties: readonly WantedParty[]): Promise<Quote> {
  const { tenantId } = context;
  const wanted = new Wanted();
  for (const personId of peopleIn(parties)) wanted.want(keys.profile(tenantId, personId));
  for (const { sessionId } of parties) {
    wanted.want(keys.session(tenantId, sessionId));
    wanted.want(keys.offering(tenantId, partsOfSessionId(sessionId).offeringId));
  }
  const { by, items } = await authorized(context, wanted.list);
  for (const personId of peopleIn(parties)) mustBeAble(by, 'book', 'Person', { personId }, 'no-authority');
  wanted.found(items);
  return pricingOf({
    parties: parties.map(({ sessionId, beneficiaryIds }) => {
      const item = wanted.got(keys.session(tenantId, sessionId));
      if (!item) throw refuse('not-found', { sessionId });
      return { session: parsedItem(sessionItem, item), beneficiaryIds };
    }),
    people: peopleIn(parties).map((personId) => {
      const item = wanted.got(keys.profile(tenantId, personId));
      if (!item) throw refuse('not-found', { personId });
      return parsedItem(profileItem, item);
    }),
    offering: ({ offeringId }) => {
      const item = wanted.got(keys.offering(tenantId, offeringId));
      return item && parsedItem(offeringItem, item);
    },
  }).quote;
}
