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
} from './profiles/items.ts';
export { etagOf, versionOf } from './profiles/rules.ts';
export { type PersonSummary, phoneOf, profilesOf } from './profiles/store.ts';
export { logReads, postNamesOf } from './reads/store.ts';
