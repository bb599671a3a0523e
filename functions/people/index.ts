/** What other modules may use of people. */
export {
  type GrantItem,
  grantItems,
  householdItems,
  type NewPerson,
  type PlannedItem,
  personItems,
  pointerItem,
  postItems,
  profileItem,
  sealed,
} from './items.ts';
export { etagOf, versionOf } from './rules.ts';
export { type PersonSummary, phoneOf, profilesOf } from './store/people.ts';
export { logReads, postNamesOf } from './store/reads.ts';
