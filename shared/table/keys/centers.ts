import type { CenterId, OfferingId, RoomId } from '../../contracts/common.ts';
import type { TenantId } from '../../contracts/id.ts';
import { type Key, partition } from './partition.ts';
import { centerOf } from './session-id.ts';

/** Centers with their rooms and offerings, and when they are open. */
export const centersKeys = {
  list: (tenantId: TenantId): string => partition(tenantId, 'CENTERS'),
  center: (tenantId: TenantId, centerId: CenterId): Key => ({
    pk: partition(tenantId, 'CENTERS'),
    sk: `CENTER#${centerId}`,
  }),
  partition: (tenantId: TenantId, centerId: CenterId): string => partition(tenantId, 'CENTER', centerId),
  room: (tenantId: TenantId, roomId: RoomId): Key => ({
    pk: partition(tenantId, 'CENTER', centerOf(roomId)),
    sk: `ROOM#${roomId}`,
  }),
  offering: (tenantId: TenantId, offeringId: OfferingId): Key => ({
    pk: partition(tenantId, 'CENTER', centerOf(offeringId)),
    sk: `OFFERING#${offeringId}`,
  }),
  calendarYear: (tenantId: TenantId, year: string): Key => ({
    pk: partition(tenantId, 'CALENDAR'),
    sk: `YEAR#${year}`,
  }),
  /** Says that the sample data of this tenant are complete, and for which weeks. */
  seeded: (tenantId: TenantId): Key => ({ pk: partition(tenantId, 'CALENDAR'), sk: 'IMPORT#SEED' }),
} as const;
