import { createHmac } from 'node:crypto';
import type { BookingId } from '../../shared/contracts/common.ts';
import type { TenantId } from '../../shared/contracts/id.ts';
import { deriveSecret } from '../../shared/keyring/keyring.ts';

const DIGITS = 8;

/**
 * The entry code of a booking: eight digits that follow from its id and a secret of the city (an HMAC cut to decimal digits, as RFC 4226
 * cuts one), so nothing is stored, and whoever knows a booking's id knows nothing of its code.
 */
export async function deriveEntryCode(tenantId: TenantId, bookingId: BookingId): Promise<string> {
  const mac = createHmac('sha256', await deriveSecret('entry-code'))
    .update(`${tenantId}:${bookingId}`)
    .digest();
  return String(mac.readUIntBE(0, 6) % 10 ** DIGITS).padStart(DIGITS, '0');
}
