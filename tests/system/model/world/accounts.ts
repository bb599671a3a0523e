import { expect } from 'vitest';
import { asSystem } from '../../../../shared/access/authorize.ts';
import { counterFactFrom } from '../../../../shared/booking/facts/counters.ts';
import { readAmounts } from '../../../../shared/booking/row/amounts.ts';
import { isActive } from '../../../../shared/booking/row/states.ts';
import { clockNow } from '../../../../shared/kernel/clock.ts';
import { keys } from '../../../../shared/table/keys.ts';
import { getMany } from '../../../../shared/table/read.ts';
import { storedRows } from '../../../support/claims.ts';
import { tenants } from '../../../support/invoke.ts';
import type { Per } from '../model/city.ts';
import type { World } from './city.ts';

const sum = (parts: readonly number[]) => parts.reduce((total, part) => total + part, 0);

/** What a household has paid that is not given back, and what of it was kept of canceled bookings, as recorded. */
export type Account = { readonly paidFen: number; readonly keptFen: number };

/** Adds up what is recorded of a household; and each booking's own account holds what it costs while it stands, and nothing after. */
export async function accountOf(world: World, people: readonly string[]): Promise<Account> {
  return world.calm(async () => {
    const rows = (await Promise.all(people.map(storedRows))).flat();
    const by = asSystem(tenants()[0], clockNow());
    const accounts = new Set(rows.map(({ orderId, bookingId }) => orderId ?? bookingId));
    const movements = (await Promise.all([...accounts].map((of) => readAmounts(by, of)))).flat();
    const balance = (account: string) =>
      sum(movements.map(({ from, to, amountFen }) => (to === account ? amountFen : from === account ? -amountFen : 0)));
    for (const { bookingId, state, residentPriceFen } of rows) {
      const costs = isActive(state) && state !== 'held' ? residentPriceFen : 0;
      expect({ bookingId, state, onAccount: balance(`booking.${bookingId}`) }).toEqual({
        bookingId,
        state,
        onAccount: costs,
      });
    }
    return { paidFen: 0 - balance('resident'), keptFen: balance('fees') };
  });
}

/** What is used, and paid for, of a counter of a person or a household. */
export async function counterOf(
  world: World,
  { owner, per }: { owner: string; per: Per },
  id: string,
): Promise<{ used: number; paid: number }> {
  const of = per === 'person' ? `person.${owner}` : `household.${world.homeOf(owner).householdId}`;
  const key = keys.booking.counter(tenants()[0], of, id);
  const [item] = await world.calm(() => getMany([key]));
  const { used, paid } = counterFactFrom(item);
  return { used, paid };
}

/** Units left of somebody's pass. */
export async function unitsLeft(world: World, holder: string, passId: string): Promise<number> {
  const [item] = await world.calm(() =>
    getMany([keys.booking.counter(tenants()[0], `person.${holder}`, `pass.${passId}`)]),
  );
  return Number(item?.['left']);
}

/** What stands for somebody, as their rows tell: where and when, its state, its price. */
export async function standingRows(world: World, personId: string): Promise<string[]> {
  const rows = await world.calm(() => storedRows(personId));
  return rows
    .filter(({ state }) => isActive(state))
    .map(({ sessionId, roomId, date, startsAt, state, residentPriceFen }) =>
      [sessionId ?? roomId, date, startsAt, state, residentPriceFen].join(' '),
    )
    .sort();
}
