import type { Authorized } from '../../access/authorize.ts';
import { type WritableKey, writable } from '../../table/claim-key.ts';
import { keys } from '../../table/keys.ts';

/** Keys of the items that claims stand on, to be written: here, in this folder, and nowhere else. */

export const sessionKey = (by: Authorized, sessionId: string): WritableKey =>
  writable(keys.booking.session(by.tenantId, sessionId));

export const roomDayKey = (by: Authorized, resourceId: string, date: string): WritableKey =>
  writable(keys.booking.roomDay(by.tenantId, resourceId, date));

export const agendaDayKey = (by: Authorized, personId: string, date: string): WritableKey =>
  writable(keys.booking.agendaDay(by.tenantId, personId, date));
