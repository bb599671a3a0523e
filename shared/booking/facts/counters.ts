import type { TenantId } from '../../contracts/id.ts';
import type { RawItem } from '../../table/conditions.ts';
import { type Key, keys } from '../../table/keys.ts';
import { type CounterCharge, type CounterItem, counterItem } from '../items/counter.ts';

/** Whose counter, and which. */
export type CounterName = Pick<CounterCharge, 'of' | 'id'>;

/** What is used of an allowance, for a batch of the caller's own; {@link counterFactFrom} says how much. */
export const counterFactKey = (tenantId: TenantId, { of, id }: CounterName): Key =>
  keys.booking.counter(tenantId, of, id);

/** One that is not there has not been used. */
export const counterFactFrom = (item: RawItem | undefined): CounterItem => counterItem.parse(item ?? {});
