import type { Service } from '../../shared/contracts/common.ts';
import type { Fen } from '../../shared/kernel/money.ts';
import type { WhitelistEntryItem } from './items.ts';

/** What somebody is about to book: the session's service and date, and the gross price of one place. */
export type Served = { readonly service: Service; readonly date: string; readonly priceFen: Fen };

/**
 * Whether the whitelist lets an operator serve this at the entry's center: the entry is active, names the service, covers the date
 * (first and last day included) and the price keeps to its ceiling. Without an entry nothing is permitted.
 */
export function permits(entry: WhitelistEntryItem | undefined, { service, date, priceFen }: Served): boolean {
  return (
    entry !== undefined &&
    entry.status === 'active' &&
    entry.services.includes(service) &&
    entry.validFrom <= date &&
    date <= entry.validUntil &&
    (entry.priceCeilingFen === undefined || priceFen <= entry.priceCeilingFen)
  );
}
