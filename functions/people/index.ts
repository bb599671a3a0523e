/** What other modules may use of people. */
export { pointerFactFrom, profileFactFrom, profileFactKey } from './facts.ts';
export {
  type GrantItem,
  grantItems,
  householdItems,
  type NewPerson,
  type PlannedItem,
  personItems,
  pointerItem,
  postItems,
  sealed,
} from './items.ts';
export { etagOf, versionOf } from './rules.ts';
export { type PersonSummary, personOfPhone, phoneOf, profilesOf, readProfile, voidTokens } from './store/people.ts';
export { logReads, postNamesOf } from './store/reads.ts';
