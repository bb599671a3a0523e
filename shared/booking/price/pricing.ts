import type { PersonId, SessionId } from '../../contracts/common.ts';
import type { PaidWith } from '../../contracts/passes.ts';
import type { OfferingPolicy } from '../../contracts/policy.ts';
import type { OrderFamily } from '../items/order.ts';
import type { Seat, SessionItem } from '../items/session.ts';
import { eldestFirst, type Quote, quoteOf, type Tariff } from './quotes.ts';

/** What pays for a place instead of the resident. */
export type PaidBy = (session: SessionItem, personId: PersonId) => PaidWith | undefined;
/** Who wants a place in which sessions, by which rules. */
type Priced = {
  readonly parties: readonly { readonly session: SessionItem; readonly beneficiaryIds: readonly PersonId[] }[];
  readonly people: readonly { readonly personId: PersonId; readonly birthDate?: string | undefined }[];
  readonly policyOf: (session: SessionItem) => OfferingPolicy | undefined;
};

/** What an order costs, place by place, and what each seat keeps of it. */
export type Pricing = {
  readonly quote: Quote;
  readonly partyFen: (sessionId: SessionId) => number;
  /** What a seat carries of its price: so that no change of a tariff or a rule moves what was agreed. */
  readonly seatPart: (session: SessionItem, personId: PersonId) => Pick<Seat, 'priceFen' | 'cancellation' | 'paidWith'>;
  /** By what families of the order are priced again when one of them cancels; `undefined` where nobody pays less. */
  readonly family: OrderFamily | undefined;
};

/**
 * Prices every place of an order, each session by itself: first, second, third child, and the most for a family. A place that a pass or a
 * fund pays for costs the resident nothing, and nobody pays less for it.
 */
export function pricingFor({ parties, people, policyOf }: Priced, paidWith: PaidBy = () => undefined): Pricing {
  const tariffs = new Map<string, Tariff>(
    parties.map(({ session }) => [
      session.sessionId,
      { priceFen: session.residentPriceFen, family: policyOf(session)?.family },
    ]),
  );
  const tariffOf = (sessionId: SessionId): Tariff => tariffs.get(sessionId) ?? { priceFen: 0 };
  const places = parties.flatMap(({ session, beneficiaryIds }) =>
    beneficiaryIds
      .filter((personId) => !paidWith(session, personId))
      .map((personId) => ({ sessionId: session.sessionId, personId })),
  );
  const ranks = eldestFirst(people);
  const quote = quoteOf(places, tariffOf, ranks);
  const lineOf = (sessionId: SessionId, personId: PersonId) =>
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
      const paid = paidWith(session, personId);
      const cancellation = policyOf(session)?.cancellation ?? [];
      if (paid) return { priceFen: 0, cancellation, paidWith: paid };
      const priceFen = lineOf(session.sessionId, personId)?.priceFen ?? session.residentPriceFen;
      return priceFen === 0 && session.residentPriceFen === 0 ? {} : { priceFen, cancellation };
    },
    family: families.length > 0 ? Object.fromEntries(families) : undefined,
  };
}
