import type { PersonId, SessionId } from '../../../shared/contracts/common.ts';
import type { TenantId } from '../../../shared/contracts/id.ts';
import type { ApplicationId, RoundId } from '../../../shared/contracts/rounds.ts';
import { bookingIdFor } from '../../../shared/kernel/ids.ts';
import { partsOfSessionId } from '../../../shared/table/keys.ts';

/** Names the bookings that come of an application: the same ones whoever makes them. */
export const bookingIdOf =
  (tenantId: TenantId, roundId: RoundId, applicationId: ApplicationId) =>
  (sessionId: SessionId, personId: PersonId): string =>
    bookingIdFor(partsOfSessionId(sessionId).date, tenantId, roundId, applicationId, sessionId, personId);
