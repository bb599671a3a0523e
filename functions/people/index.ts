/** What other modules may use of people. */
export { pointerFactFrom, profileFactFrom, profileFactKey } from './facts.ts';
export { type GrantItem, grantItems } from './grants/items.ts';
export { householdItems } from './households/items.ts';
export { postItems } from './posts/items.ts';
export { type NewPerson, type PlannedItem, personItems, pointerItem, sealNumber } from './profiles/items.ts';
export { etagOf, versionOf } from './profiles/rules.ts';
export {
  type PersonSummary,
  readPersonOfPhone,
  readPhone,
  readProfile,
  readProfiles,
  voidTokens,
} from './profiles/store.ts';
export { logReads, readPostNames } from './reads/store.ts';
export { verifyKey } from './service-accounts/commands.ts';
