import type { Authorized } from '../../access/authorize.ts';
import { writable } from '../../table/claim-key.ts';
import { type Key, keys } from '../../table/keys.ts';

/** Keys of the items that claims stand on, to be written: here, in this folder, and nowhere else. */

export const sessionKey = (by: Authorized, sessionId: string): Key =>
  writable(keys.booking.session(by.tenantId, sessionId));

export const roomDayKey = (by: Authorized, resourceId: string, date: string): Key =>
  writable(keys.booking.roomDay(by.tenantId, resourceId, date));

export const agendaDayKey = (by: Authorized, personId: string, date: string): Key =>
  writable(keys.booking.agendaDay(by.tenantId, personId, date));
