import type { PersonId } from '../../contracts/common.ts';
import type { TenantId } from '../../contracts/id.ts';
import type { PaidWith, PayWith } from '../../contracts/passes.ts';
import { type Refusal, refuse } from '../../kernel/refusal.ts';
import type { RawItem } from '../../table/conditions.ts';
import { type Key, keys } from '../../table/keys.ts';
import { parsedItem } from '../../table/read.ts';
import { fundItem, passItem } from '../items/counter.ts';
import type { SessionItem } from '../items/session.ts';
import { type BoundedCharge, fundCounter, passCounter, type Together } from './counters.ts';

/** A place that is paid for: what it costs by itself, and when. */
type Priced = Pick<SessionItem, 'offeringId' | 'date' | 'residentPriceFen'>;

/** A pass or a fund that is to pay for places, as its item was read. */
export type Paying = {
  /** Where the balance stands that pays for this person's place. */
  readonly key: (personId: PersonId) => Key;
  /** What will have paid for the place; `undefined` where nothing is to be paid, or there is no such pass. */
  readonly paidWith: (session: Priced, personId: PersonId) => PaidWith | undefined;
  /** What the place takes of the balance. */
  readonly charges: (session: Priced, personId: PersonId) => readonly BoundedCharge[];
  /**
   * Why it cannot pay for the place, on top of what `together` takes already: `not-found`, `pass-expired`, `pass-not-accepted`,
   * `pass-empty`, `fund-empty`. `accepted` are the kinds of pass that the offering takes.
   */
  readonly refusalOf: (
    session: Priced,
    personId: PersonId,
    accepted: readonly string[] | undefined,
    together: Together,
  ) => Refusal | undefined;
};

/** How `payWith` pays, for whoever books, and for whoever accepts a place they waited for. `got` gives an item that was read. */
export function payingWith(tenantId: TenantId, payWith: PayWith, got: (key: Key) => RawItem | undefined): Paying {
  const counterId = 'passId' in payWith ? passCounter(payWith.passId) : fundCounter(payWith.fundId);
  const ownerOf = (personId: PersonId): string => `person.${payWith.holderId ?? personId}`;
  const key = (personId: PersonId): Key => keys.booking.counter(tenantId, ownerOf(personId), counterId);
  const balance = (personId: PersonId) => {
    const item = got(key(personId));
    if (!item) return undefined;
    return 'passId' in payWith ? { pass: parsedItem(passItem, item) } : { fund: parsedItem(fundItem, item) };
  };
  const paidWith = ({ residentPriceFen: amountFen }: Priced, personId: PersonId): PaidWith | undefined => {
    const found = amountFen > 0 ? balance(personId) : undefined;
    if (!found) return undefined;
    return 'pass' in found
      ? { kind: 'pass', id: found.pass.passId, name: found.pass.title, amountFen }
      : { kind: 'fund', id: found.fund.fundId, name: found.fund.funder, amountFen };
  };
  const charges = (session: Priced, personId: PersonId): BoundedCharge[] => {
    const paid = paidWith(session, personId);
    if (!paid) return [];
    return [
      { of: ownerOf(personId), id: counterId, amount: paid.kind === 'pass' ? 1 : paid.amountFen, on: session.date },
    ];
  };
  return {
    key,
    paidWith,
    charges,
    refusalOf: (session, personId, accepted, together) => {
      const { offeringId, date, residentPriceFen } = session;
      if (residentPriceFen === 0) return undefined;
      const found = balance(personId);
      const [charge] = charges(session, personId);
      if (!found || !charge)
        return refuse('not-found', 'passId' in payWith ? { passId: payWith.passId } : { ...payWith });
      const { validUntil, left } = 'pass' in found ? found.pass : found.fund;
      if (validUntil < date) return refuse('pass-expired', { ...payWith, validUntil, date });
      if ('pass' in found && !accepted?.includes(found.pass.kindId))
        return refuse('pass-not-accepted', { passId: found.pass.passId, kindId: found.pass.kindId, offeringId });
      const needed = together.add(charge);
      if (needed <= left) return undefined;
      return 'pass' in found
        ? refuse('pass-empty', { passId: found.pass.passId, left, needed })
        : refuse('fund-empty', { fundId: found.fund.fundId, leftFen: left, neededFen: needed });
    },
  };
}
