import { minuteOf, type Order, type Place, type Tier } from './city.ts';

/** What each child of a family pays, the eldest first; the last percentage counts for all further ones. */
export const familyPrices = (priceFen: number, percents: readonly number[], count: number): number[] =>
  Array.from({ length: count }, (_, rank) =>
    Math.floor((priceFen * (percents[Math.min(rank, percents.length - 1)] ?? 100)) / 100),
  );

/** Percent kept at a minute: of the tiers that have begun, the one nearest to the start. */
export function keepPercentAt(tiers: readonly Tier[], starts: number, now: number): number {
  const begun = tiers.filter(({ underHours }) => starts - now < underHours * 60);
  return begun.sort((one, other) => one.underHours - other.underHours)[0]?.keepPercent ?? 0;
}

export type Canceling = {
  readonly keepPercent: number;
  readonly refundFen: number;
  readonly keptFen: number;
  /** What those of the family who stay pay from now on. */
  readonly stay: readonly { readonly place: Place; readonly priceFen: number }[];
};

/** What canceling a place would come to. Who stays pays as if they had booked without it; whom a closure sent away still counts. */
export function cancelingOf(
  order: Order,
  place: Place,
  percents: readonly number[],
  fullFen: number,
  now: number,
): Canceling {
  const keepPercent = keepPercentAt(place.tiers, minuteOf(place.at), now);
  const family = order.families.get(place.where);
  const isOfFamily = family?.eldestFirst.includes(place.person) ?? false;
  const there = order.places.filter(({ stands, where, person }) =>
    isOfFamily ? stands && where === place.where && family?.eldestFirst.includes(person) : false,
  );
  const counting = (family?.eldestFirst ?? []).filter((one) => one !== place.person && !family?.gone.has(one));
  const prices = familyPrices(fullFen, percents, counting.length);
  const stay = there
    .filter((one) => one !== place)
    .map((one) => ({ place: one, priceFen: prices[counting.indexOf(one.person)] ?? one.priceFen }));
  const sum = (fens: readonly number[]) => fens.reduce((total, fen) => total + fen, 0);
  const before = isOfFamily ? sum(there.map(({ priceFen }) => priceFen)) : place.priceFen;
  const differenceFen = before - sum(stay.map(({ priceFen }) => priceFen));
  const keptFen = Math.floor((differenceFen * keepPercent) / 100);
  return { keepPercent, keptFen, refundFen: differenceFen - keptFen, stay };
}
