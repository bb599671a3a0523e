import type { BookingId, CenterId, DoorKeyId, RoomId } from '../../contracts/common.ts';
import type { TenantId } from '../../contracts/id.ts';
import { type Key, partition } from './partition.ts';
import { centerOf } from './session-id.ts';

/** Keys of doors, wrong codes, who came in. */
export const doorsKeys = {
  key: (tenantId: TenantId, roomId: RoomId, keyId: DoorKeyId): Key => ({
    pk: partition(tenantId, 'DOOR', centerOf(roomId)),
    sk: `KEY#${roomId}#${keyId}`,
  }),
  list: (tenantId: TenantId, centerId: CenterId): string => partition(tenantId, 'DOOR', centerId),
  /** How many wrong codes a door was given in a window of time. */
  tries: (tenantId: TenantId, roomId: RoomId, window: string): Key => ({
    pk: partition(tenantId, 'DOOR', centerOf(roomId)),
    sk: `TRIES#${roomId}#${window}`,
  }),
  entry: (tenantId: TenantId, roomId: RoomId, atIso: string, bookingId: BookingId): Key => ({
    pk: partition(tenantId, 'DOOR', centerOf(roomId)),
    sk: `ENTRY#${atIso}#${roomId}#${bookingId}`,
  }),
} as const;
