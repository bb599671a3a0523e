import { type Key, partition } from './partition.ts';
import { centerOf } from './session-id.ts';

/** Keys of doors, wrong codes, who came in. */
export const doorsKeys = {
  key: (tenantId: string, roomId: string, keyId: string): Key => ({
    pk: partition(tenantId, 'DOOR', centerOf(roomId)),
    sk: `KEY#${roomId}#${keyId}`,
  }),
  list: (tenantId: string, centerId: string): string => partition(tenantId, 'DOOR', centerId),
  /** How many wrong codes a door was given in a window of time. */
  tries: (tenantId: string, roomId: string, window: string): Key => ({
    pk: partition(tenantId, 'DOOR', centerOf(roomId)),
    sk: `TRIES#${roomId}#${window}`,
  }),
  entry: (tenantId: string, roomId: string, atIso: string, bookingId: string): Key => ({
    pk: partition(tenantId, 'DOOR', centerOf(roomId)),
    sk: `ENTRY#${atIso}#${roomId}#${bookingId}`,
  }),
} as const;
