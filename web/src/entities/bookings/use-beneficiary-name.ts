import type { Booking } from '../../../../shared/contracts/bookings.ts';
import { useMe } from '../people/me.ts';

/** For whom a booking is: the name it came with, else the one known of somebody one may act for. */
export function useBeneficiaryName({ beneficiaryId, beneficiaryName }: Booking): string | undefined {
  const me = useMe().data;
  return beneficiaryName ?? me?.actsFor.find(({ personId }) => personId === beneficiaryId)?.name;
}
