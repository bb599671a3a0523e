import type { CenterId, OfferingId, OperatorId, PersonId } from '../../contracts/common.ts';
import type { TenantId } from '../../contracts/id.ts';
import { type Key, partition } from './partition.ts';

/** Operators and what the whitelist permits them. */
export const operatorsKeys = {
  list: (tenantId: TenantId): string => partition(tenantId, 'OPERATORS'),
  operator: (tenantId: TenantId, operatorId: OperatorId): Key => ({
    pk: partition(tenantId, 'OPERATORS'),
    sk: `OPERATOR#${operatorId}`,
  }),
  partition: (tenantId: TenantId, operatorId: OperatorId): string => partition(tenantId, 'OPERATOR', operatorId),
  /** The one whitelist entry of an operator at a center. */
  whitelistEntry: (tenantId: TenantId, operatorId: OperatorId, centerId: CenterId): Key => ({
    pk: partition(tenantId, 'OPERATOR', operatorId),
    sk: `WHITELIST#${centerId}`,
  }),
  /** Says that this operator provides this offering; lists an operator's offerings in one query. */
  offering: (tenantId: TenantId, operatorId: OperatorId, offeringId: OfferingId): Key => ({
    pk: partition(tenantId, 'OPERATOR', operatorId),
    sk: `OFFERING#${offeringId}`,
  }),
  /** Whose data a member of staff has been shown on an operator's rosters on a date, so that it is logged once a day. */
  rosterReads: (tenantId: TenantId, staffId: PersonId, operatorId: OperatorId, date: string): Key => ({
    pk: partition(tenantId, 'PERSON', staffId),
    sk: `ROSTER#${operatorId}#${date}`,
  }),
} as const;
