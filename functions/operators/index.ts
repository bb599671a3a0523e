/** What other modules may use of operators: stored items, and whether the whitelist permits a booking. */
export {
  type OperatorItem,
  type OperatorOfferingItem,
  operatorItem,
  operatorOfferingItem,
  type WhitelistEntryItem,
  whitelistEntryItem,
} from './items.ts';
export { permits, type Served } from './rules.ts';
