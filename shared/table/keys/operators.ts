import { type Key, partition } from './partition.ts';

/** Operators and what the whitelist permits them. */
export const operatorsKeys = {
  list: (tenantId: string): string => partition(tenantId, 'OPERATORS'),
  operator: (tenantId: string, operatorId: string): Key => ({
    pk: partition(tenantId, 'OPERATORS'),
    sk: `OPERATOR#${operatorId}`,
  }),
  partition: (tenantId: string, operatorId: string): string => partition(tenantId, 'OPERATOR', operatorId),
  /** The one whitelist entry of an operator at a center. */
  whitelistEntry: (tenantId: string, operatorId: string, centerId: string): Key => ({
    pk: partition(tenantId, 'OPERATOR', operatorId),
    sk: `WHITELIST#${centerId}`,
  }),
  /** Says that this operator provides this offering; lists an operator's offerings in one query. */
  offering: (tenantId: string, operatorId: string, offeringId: string): Key => ({
    pk: partition(tenantId, 'OPERATOR', operatorId),
    sk: `OFFERING#${offeringId}`,
  }),
  /** Whose data a member of staff has been shown on an operator's rosters on a date, so that it is logged once a day. */
  rosterReads: (tenantId: string, staffId: string, operatorId: string, date: string): Key => ({
    pk: partition(tenantId, 'PERSON', staffId),
    sk: `ROSTER#${operatorId}#${date}`,
  }),
} as const;
