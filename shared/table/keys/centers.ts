import { type Key, partition } from './partition.ts';
import { centerOf } from './session-id.ts';

/** Centers with their rooms and offerings, and when they are open. */
export const centersKeys = {
  list: (tenantId: string): string => partition(tenantId, 'CENTERS'),
  center: (tenantId: string, centerId: string): Key => ({
    pk: partition(tenantId, 'CENTERS'),
    sk: `CENTER#${centerId}`,
  }),
  partition: (tenantId: string, centerId: string): string => partition(tenantId, 'CENTER', centerId),
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
} as const;
