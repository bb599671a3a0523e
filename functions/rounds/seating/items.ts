import { bookingIdFor } from '../../../shared/kernel/ids.ts';
import { partsOfSessionId } from '../../../shared/table/keys.ts';

/** Names the bookings that come of an application: the same ones whoever makes them. */
export const bookingIdOf =
  (tenantId: string, roundId: string, applicationId: string) =>
  (sessionId: string, personId: string): string =>
    bookingIdFor(partsOfSessionId(sessionId).date, tenantId, roundId, applicationId, sessionId, personId);
