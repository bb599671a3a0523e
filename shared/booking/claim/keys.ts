import type { Authorized } from '../../access/authorize.ts';
import type { PersonId, RoomId, SessionId } from '../../contracts/common.ts';
import { writable } from '../../table/claim-key.ts';
import { type Key, keys } from '../../table/keys.ts';

/** Keys of the items that claims stand on, to be written: here, in this folder, and nowhere else. */

export const sessionKey = (by: Authorized, sessionId: SessionId): Key =>
  writable(keys.booking.session(by.tenantId, sessionId));

export const roomDayKey = (by: Authorized, resourceId: RoomId, date: string): Key =>
  writable(keys.booking.roomDay(by.tenantId, resourceId, date));

export const agendaDayKey = (by: Authorized, personId: PersonId, date: string): Key =>
  writable(keys.booking.agendaDay(by.tenantId, personId, date));
