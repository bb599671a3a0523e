import { type Key, partition } from './partition.ts';
import { centerOf } from './session-id.ts';

/** What a city has: its rules, centers with their rooms and doors, operators and what they are permitted. */
export const placeKeys = {
  centers: (tenantId: string): string => partition(tenantId, 'CENTERS'),
  center: (tenantId: string, centerId: string): Key => ({
    pk: partition(tenantId, 'CENTERS'),
    sk: `CENTER#${centerId}`,
  }),
  centerPartition: (tenantId: string, centerId: string): string => partition(tenantId, 'CENTER', centerId),
  room: (tenantId: string, roomId: string): Key => ({
    pk: partition(tenantId, 'CENTER', centerOf(roomId)),
    sk: `ROOM#${roomId}`,
  }),
  offering: (tenantId: string, offeringId: string): Key => ({
    pk: partition(tenantId, 'CENTER', centerOf(offeringId)),
    sk: `OFFERING#${offeringId}`,
  }),
  calendarYear: (tenantId: string, year: string): Key => ({ pk: partition(tenantId, 'CALENDAR'), sk: `YEAR#${year}` }),
  /** Says that the sample data of this tenant are complete, and for which weeks. */
  seeded: (tenantId: string): Key => ({ pk: partition(tenantId, 'CALENDAR'), sk: 'IMPORT#SEED' }),
  operators: (tenantId: string): string => partition(tenantId, 'OPERATORS'),
  operator: (tenantId: string, operatorId: string): Key => ({
    pk: partition(tenantId, 'OPERATORS'),
    sk: `OPERATOR#${operatorId}`,
  }),
  operatorPartition: (tenantId: string, operatorId: string): string => partition(tenantId, 'OPERATOR', operatorId),
  /** The one whitelist entry of an operator at a center. */
  whitelistEntry: (tenantId: string, operatorId: string, centerId: string): Key => ({
    pk: partition(tenantId, 'OPERATOR', operatorId),
    sk: `WHITELIST#${centerId}`,
  }),
  /** Says that this operator provides this offering; lists an operator's offerings in one query. */
  operatorOffering: (tenantId: string, operatorId: string, offeringId: string): Key => ({
    pk: partition(tenantId, 'OPERATOR', operatorId),
    sk: `OFFERING#${offeringId}`,
  }),
  rule: (tenantId: string, name: 'standing'): Key => ({ pk: partition(tenantId, 'RULES'), sk: `RULE#${name}` }),
  cityRules: (tenantId: string): Key => ({ pk: partition(tenantId, 'RULES'), sk: 'CITY' }),
  passKinds: (tenantId: string): Key => ({ pk: partition(tenantId, 'RULES'), sk: 'PASSES' }),
  doorKey: (tenantId: string, roomId: string, keyId: string): Key => ({
    pk: partition(tenantId, 'DOOR', centerOf(roomId)),
    sk: `KEY#${roomId}#${keyId}`,
  }),
  doors: (tenantId: string, centerId: string): string => partition(tenantId, 'DOOR', centerId),
  /** How many wrong codes a door was given in a window of time. */
  doorTries: (tenantId: string, roomId: string, window: string): Key => ({
    pk: partition(tenantId, 'DOOR', centerOf(roomId)),
    sk: `TRIES#${roomId}#${window}`,
  }),
  doorEntry: (tenantId: string, roomId: string, atIso: string, bookingId: string): Key => ({
    pk: partition(tenantId, 'DOOR', centerOf(roomId)),
    sk: `ENTRY#${atIso}#${roomId}#${bookingId}`,
  }),
} as const;
