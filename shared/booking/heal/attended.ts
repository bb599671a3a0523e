import * as z from 'zod';
import type { Authorized } from '../../access/authorize.ts';
import { offeringId, type PersonId } from '../../contracts/common.ts';
import { isNew } from '../../table/conditions.ts';
import { keys } from '../../table/keys.ts';
import { put } from '../../table/write.ts';
import type { SessionItem } from '../items/session.ts';

/** `AGENDA#<person> / DONE#<offering>`: that somebody has been checked in at a session of it, the first one that was recorded. */
export const attendedItem = z.object({ is: z.literal('attended'), offeringId, sessionId: z.string() });

/** Derived from a check-in, for offerings that ask for another one before; once is enough. */
export async function recordAttended(
  by: Authorized,
  personId: PersonId,
  session: Pick<SessionItem, 'sessionId' | 'offeringId'>,
): Promise<void> {
  const item: z.infer<typeof attendedItem> = {
    is: 'attended',
    offeringId: session.offeringId,
    sessionId: session.sessionId,
  };
  await put({
    key: keys.booking.attended(by.tenantId, personId, session.offeringId),
    item,
    conditions: [isNew],
    meaning: () => 'done',
  });
}
