/** What other modules may use of people. */
export { type GrantItem, grantItems } from './grants/items.ts';
export { householdItems } from './households/items.ts';
export { postItems } from './posts/items.ts';
export { type NewPerson, type PlannedItem, personItems, pointerItem, profileItem, sealed } from './profiles/items.ts';
export { etagOf, versionOf } from './profiles/rules.ts';
export { type PersonSummary, phoneOf, profilesOf } from './profiles/store.ts';
export { logReads, postNamesOf } from './reads/store.ts';
