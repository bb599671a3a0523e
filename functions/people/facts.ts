import type { PersonId } from '../../shared/contracts/common.ts';
import type { TenantId } from '../../shared/contracts/id.ts';
import type { RawItem } from '../../shared/table/conditions.ts';
import { type Key, keys } from '../../shared/table/keys.ts';
import { parsedItem } from '../../shared/table/read.ts';
import { type Profile, pointerItem, profileItem } from './profiles/items.ts';

/** A person's record, for a batch of the caller's own; {@link profileFactFrom} says what it holds. */
export const profileFactKey = (tenantId: TenantId, personId: PersonId): Key => keys.people.profile(tenantId, personId);

export const profileFactFrom = (item: RawItem | undefined): Profile | undefined =>
  item && parsedItem(profileItem, item);

/** Whose number, or whose card, it is, told from the item that says so. */
export const pointerFactFrom = (item: RawItem): string => parsedItem(pointerItem, item).personId;
