import type { Booking } from '../../../../shared/contracts/bookings.ts';
import { inLanguage } from '../../lib/format.ts';
import { useLanguage } from '../../lib/i18n.ts';
import { useCenters } from '../centers/centers.ts';

/** The center of a booking, by name and address, as far as known. */
export function usePlaceText(booking: Booking): { name: string; address: string; phone: string | undefined } {
  const language = useLanguage();
  const center = useCenters().data?.find(({ centerId }) => centerId === booking.centerId);
  return {
    name: center ? inLanguage(center.name, language) : '',
    address: center ? inLanguage(center.address, language) : '',
    phone: center?.phone,
  };
}
