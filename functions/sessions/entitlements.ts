import type { Authorized } from '../../shared/access/authorize.ts';
import {
  type BoundedCharge,
  counterFrom,
  type FundItem,
  fundCounter,
  fundItem,
  type PassItem,
  passCounter,
  passItem,
  quotaExceeded,
} from '../../shared/booking/counters.ts';
import { keptFor, refusalOfEligibility } from '../../shared/booking/eligibility.ts';
import { chargesOf } from '../../shared/booking/fair-use.ts';
import type { KeptPlaces } from '../../shared/booking/seat-map.ts';
import type { SessionItem } from '../../shared/booking/session-item.ts';
import type { PaidWith, PayWith } from '../../shared/contracts/passes.ts';
import { instantOf, quartersBetween } from '../../shared/kernel/days.ts';
import { type Refusal, refuse } from '../../shared/kernel/refusal.ts';
import { type Key, keys } from '../../shared/table/keys.ts';
import { parsedItem } from '../../shared/table/read.ts';
import { type Facts, Wanted } from './booking-facts.ts';

/** What the places of one request take of each counter, on top of what is used. */
export class Together {
  readonly #taken = new Map<string, number>();

  /** Adds a charge, and gives what they come to. */
  add({ of, id, n }: BoundedCharge): number {
    const sum = (this.#taken.get(`${of} ${id}`) ?? 0) + n;
    this.#taken.set(`${of} ${id}`, sum);
    return sum;
  }
}

/** What somebody may have beyond a free place: whether they may come at all, what it counts against, and what pays for it. */
export type Entitlements = {
  /**
   * Why one of the party may not come, counts against a rule that has no more, or cannot pay so. `together` counts what the parties of
   * one request take of each counter.
   */
  readonly refusalOf: (party: Facts['parties'][number], together: Together) => Refusal | undefined;
  readonly charges: (session: SessionItem, personId: string) => readonly BoundedCharge[];
  readonly paidWith: (session: SessionItem, personId: string) => PaidWith | undefined;
  readonly kept: (party: Facts['parties'][number]) => KeptPlaces | undefined;
};

const balanceOf = (payWith: PayWith): string =>
  'passId' in payWith ? passCounter(payWith.passId) : fundCounter(payWith.fundId);

type Balance = { readonly pass: PassItem } | { readonly fund: FundItem } | undefined;

function balanceFrom(payWith: PayWith, item: ReturnType<Wanted['got']>): Balance {
  if (!item) return undefined;
  return 'passId' in payWith ? { pass: parsedItem(passItem, item) } : { fund: parsedItem(fundItem, item) };
}

/** Asks for everything in one call, and for nothing where the offerings and the city's rules ask for nothing. */
export async function entitlementsOf(by: Authorized, facts: Facts, payWith?: PayWith): Promise<Entitlements> {
  const { tenantId } = by;
  const holderOf = (personId: string): string => payWith?.holderId ?? personId;
  const ruleOf = (session: SessionItem) => facts.offering(session)?.policy?.eligibility;
  const person = (personId: string) => facts.people.find((one) => one.personId === personId) ?? { personId };

  const fairUse = ({ service, offeringId, date, startsAt, endsAt, residentPriceFen }: SessionItem, personId: string) =>
    chargesOf(facts.rules.fairUse, {
      kind: 'session',
      date,
      service,
      offeringId,
      quarters: quartersBetween(startsAt, endsAt).length,
      priceFen: residentPriceFen,
      personId,
      householdId: person(personId).householdId,
    }).map(({ charge }) => charge);
  const balanceKey = (personId: string): Key | undefined =>
    payWith && keys.counter(tenantId, `person.${holderOf(personId)}`, balanceOf(payWith));

  const wanted = new Wanted();
  for (const { session, beneficiaryIds } of facts.parties) {
    const after = ruleOf(session)?.afterOfferingId;
    for (const personId of beneficiaryIds) {
      if (after) wanted.want(keys.attended(tenantId, personId, after));
      for (const { of, id } of fairUse(session, personId)) wanted.want(keys.counter(tenantId, of, id));
      const balance = balanceKey(personId);
      if (balance) wanted.want(balance);
    }
  }
  await wanted.read();

  const balance = (personId: string): Balance => {
    const key = balanceKey(personId);
    return payWith && key ? balanceFrom(payWith, wanted.got(key)) : undefined;
  };
  const paidWith = (session: SessionItem, personId: string): PaidWith | undefined => {
    const amountFen = session.residentPriceFen;
    const found = amountFen > 0 ? balance(personId) : undefined;
    if (!found) return undefined;
    return 'pass' in found
      ? { kind: 'pass', id: found.pass.passId, name: found.pass.title, amountFen }
      : { kind: 'fund', id: found.fund.fundId, name: found.fund.funder, amountFen };
  };
  const payment = (session: SessionItem, personId: string): BoundedCharge[] => {
    const paid = paidWith(session, personId);
    if (!payWith || !paid) return [];
    const n = paid.kind === 'pass' ? 1 : paid.amountFen;
    return [{ of: `person.${holderOf(personId)}`, id: balanceOf(payWith), n, on: session.date }];
  };

  const whyNotPaid = (session: SessionItem, personId: string, together: Together): Refusal | undefined => {
    if (!payWith || session.residentPriceFen === 0) return undefined;
    const found = balance(personId);
    const [charge] = payment(session, personId);
    if (!found || !charge)
      return refuse('not-found', 'passId' in payWith ? { passId: payWith.passId } : { ...payWith });
    const { offeringId, date } = session;
    const { validUntil, left } = 'pass' in found ? found.pass : found.fund;
    if (validUntil < date) return refuse('pass-expired', { ...payWith, validUntil, date });
    if ('pass' in found && !facts.offering(session)?.policy?.passes?.includes(found.pass.kindId))
      return refuse('pass-not-accepted', { passId: found.pass.passId, kindId: found.pass.kindId, offeringId });
    const needed = together.add(charge);
    if (needed <= left) return undefined;
    return 'pass' in found
      ? refuse('pass-empty', { passId: found.pass.passId, left, needed })
      : refuse('fund-empty', { fundId: found.fund.fundId, leftFen: left, neededFen: needed });
  };
  const whyNotFair = (session: SessionItem, personId: string, together: Together): Refusal | undefined => {
    for (const charge of fairUse(session, personId)) {
      const { used } = counterFrom(wanted.got(keys.counter(tenantId, charge.of, charge.id)));
      if (used + together.add(charge) > (charge.most ?? 0)) return quotaExceeded(charge, used);
    }
    return undefined;
  };

  return {
    paidWith,
    charges: (session, personId) => [...fairUse(session, personId), ...payment(session, personId)],
    refusalOf: ({ session, beneficiaryIds }, together) => {
      const rule = ruleOf(session);
      const after = rule?.afterOfferingId;
      for (const personId of beneficiaryIds) {
        const hasAttended = after !== undefined && wanted.got(keys.attended(tenantId, personId, after)) !== undefined;
        const unfit = refusalOfEligibility(session, { ...person(personId), hasAttended }, rule);
        if (unfit) return unfit;
        // What a first try of this very request has counted already stands in nobody's way.
        if (facts.day(personId, session.date)?.entries[facts.bookingIdOf(session.sessionId, personId)]) continue;
        const no = whyNotFair(session, personId, together) ?? whyNotPaid(session, personId, together);
        if (no) return no;
      }
      return undefined;
    },
    kept: ({ session, beneficiaryIds }) => {
      const starts = Math.floor(instantOf(session.date, session.startsAt).getTime() / 1_000);
      const kept = keptFor(ruleOf(session), facts.nowEpochSeconds, starts);
      if (!kept) return undefined;
      const { group, places, untilEpochSeconds } = kept;
      // A party comes together or not at all: it is of the group when all of it are.
      const ofGroup = beneficiaryIds.every((personId) => person(personId).groups?.[group] !== undefined);
      return { places, ofGroup, group, until: new Date(untilEpochSeconds * 1_000).toISOString() };
    },
  };
}
