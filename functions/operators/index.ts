/** What other modules may use of operators: the whitelist, and whether it permits a booking. */
export { readWhitelistEntry, whitelistFactFrom, whitelistFactKey } from './facts.ts';
export {
  type OperatorItem,
  operatorItem,
  operatorOfferingItem,
  type WhitelistEntryItem,
  whitelistEntryItem,
} from './items.ts';
export { permits } from './rules.ts';
