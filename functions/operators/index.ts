/** What other modules may use of operators: stored items, and whether the whitelist permits a booking. */
export {
  type OperatorItem,
  operatorItem,
  operatorOfferingItem,
  type WhitelistEntryItem,
  whitelistEntryItem,
} from './items.ts';
export { permits } from './rules.ts';
