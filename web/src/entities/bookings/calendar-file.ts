import { useMutation } from '@tanstack/react-query';
import type { Booking } from '../../../../shared/contracts/bookings.ts';
import { fetchFile } from '../../lib/api.ts';

/** Long enough for the browser to take the file over. */
const KEEP_MS = 10_000;

/** Fetches the `.ics` with the person's own token and hands it to the browser as a download. */
export const useCalendarFile = () =>
  useMutation({
    mutationFn: async ({ beneficiaryId, bookingId }: Booking) => {
      const file = await fetchFile('GET /v1/people/{personId}/bookings/{bookingId}/calendar.ics', {
        path: { personId: beneficiaryId, bookingId },
      });
      const address = URL.createObjectURL(file);
      const link = document.createElement('a');
      link.href = address;
      link.download = `${bookingId}.ics`;
      link.click();
      setTimeout(() => URL.revokeObjectURL(address), KEEP_MS);
    },
  });
