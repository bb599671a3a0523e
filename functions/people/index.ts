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
export { logReads, type PersonSummary, phoneOf, profilesOf } from './profiles.ts';
