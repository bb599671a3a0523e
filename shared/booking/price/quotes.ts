import type { PersonId, SessionId } from '../../contracts/common.ts';
import type { FamilyPrice } from '../../contracts/policy.ts';
import { allocateFen, type Fen } from '../../kernel/money.ts';

/** What a session costs one person, and what a family pays less. */
export type Tariff = { readonly priceFen: Fen; readonly family?: FamilyPrice | undefined };

/** Why a line is less than the price of its session, and by how much, in fen. */
export type Discount =
  | { readonly kind: 'sibling'; readonly percent: number; readonly offFen: Fen }
  | { readonly kind: 'family-most'; readonly mostFen: Fen; readonly offFen: Fen };

export type QuotedSeat = { readonly sessionId: SessionId; readonly personId: PersonId };
export type QuoteItem = QuotedSeat & {
  readonly listFen: Fen;
  readonly priceFen: Fen;
  readonly discounts: readonly Discount[];
};
export type Quote = { readonly lines: readonly QuoteItem[]; readonly totalFen: Fen };

type Person = { readonly personId: PersonId; readonly birthDate?: string | undefined };

/** The eldest first; of the same age, or where no birth date is known, by id. So a family is priced the same however it was sent. */
export function eldestFirst(people: readonly Person[]): string[] {
  const rank = ({ personId, birthDate = '9999-12-31' }: Person) => `${birthDate} ${personId}`;
  return [...people].sort((one, other) => (rank(one) < rank(other) ? -1 : 1)).map(({ personId }) => personId);
}

/** Percent that the child of this rank pays, from 0 for the first: the last entry of the rule counts for all further ones. */
function percentOf({ percentByChild = [100] }: FamilyPrice, rank: number): number {
  return percentByChild[Math.min(rank, percentByChild.length - 1)] ?? 100;
}

/**
 * What each of `count` children pays in one session, the eldest first. A percentage is rounded down to the fen; where the most for a
 * family is less than their sum, it is split in proportion, so that the parts sum to it exactly and nobody pays more than before.
 */
export function familyPrices({ priceFen, family = {} }: Tariff, count: number): Fen[] {
  const { mostFen } = family;
  const each = Array.from({ length: count }, (_, rank) => Math.floor((priceFen * percentOf(family, rank)) / 100));
  const sum = each.reduce((total, part) => total + part, 0);
  return mostFen === undefined || sum <= mostFen ? each : allocateFen(mostFen, each);
}

function discountsOf({ priceFen, family = {} }: Tariff, rank: number, paidFen: Fen): Discount[] {
  const percent = percentOf(family, rank);
  const siblingFen = Math.floor((priceFen * percent) / 100);
  const discounts: Discount[] = [];
  if (siblingFen < priceFen) discounts.push({ kind: 'sibling', percent, offFen: priceFen - siblingFen });
  const { mostFen } = family;
  if (mostFen !== undefined && paidFen < siblingFen)
    discounts.push({ kind: 'family-most', mostFen, offFen: siblingFen - paidFen });
  return discounts;
}

/**
 * What the places of one order cost, line by line in the order given. In each session by itself the people of the order are one family,
 * priced the eldest first. `ranks` names all of them, the eldest first.
 */
export function quoteOf(
  places: readonly QuotedSeat[],
  tariffOf: (sessionId: SessionId) => Tariff,
  ranks: readonly string[],
): Quote {
  const family = (sessionId: SessionId) =>
    ranks.filter((id) => places.some((place) => place.sessionId === sessionId && place.personId === id));
  const families = new Map([...new Set(places.map(({ sessionId }) => sessionId))].map((id) => [id, family(id)]));
  const prices = new Map([...families].map(([id, people]) => [id, familyPrices(tariffOf(id), people.length)]));
  const lines = places.map(({ sessionId, personId }): QuoteItem => {
    const tariff = tariffOf(sessionId);
    const rank = families.get(sessionId)?.indexOf(personId) ?? -1;
    const priceFen = prices.get(sessionId)?.[rank] ?? tariff.priceFen;
    return {
      sessionId,
      personId,
      listFen: tariff.priceFen,
      priceFen,
      discounts: discountsOf(tariff, rank, priceFen),
    };
  });
  return { lines, totalFen: lines.reduce((sum, { priceFen }) => sum + priceFen, 0) };
}
