import type { Authorized } from '../../shared/access/authorize.ts';
import type { CenterId, OperatorId } from '../../shared/contracts/common.ts';
import type { TenantId } from '../../shared/contracts/id.ts';
import type { RawItem } from '../../shared/table/conditions.ts';
import { type Key, keys } from '../../shared/table/keys.ts';
import { get, parsedItem } from '../../shared/table/read.ts';
import { type WhitelistEntryItem, whitelistEntryItem } from './items.ts';

/** The whitelist entry of an operator at a center, for a batch of the caller's own; {@link whitelistFactFrom} says what it permits. */
export const whitelistFactKey = (tenantId: TenantId, operatorId: OperatorId, centerId: CenterId): Key =>
  keys.operators.whitelistEntry(tenantId, operatorId, centerId);

export const whitelistFactFrom = (item: RawItem | undefined): WhitelistEntryItem | undefined =>
  item && parsedItem(whitelistEntryItem, item);

export const readWhitelistEntry = (
  by: Authorized,
  operatorId: OperatorId,
  centerId: CenterId,
): Promise<WhitelistEntryItem | undefined> =>
  get(whitelistFactKey(by.tenantId, operatorId, centerId), whitelistEntryItem);
