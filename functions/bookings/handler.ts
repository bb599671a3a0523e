import { publicBooking } from '../../shared/booking/row/booking-row.ts';
import * as api from '../../shared/contracts/endpoints/bookings.ts';
import { file, ok } from '../../shared/http/answer.ts';
import { httpHandler } from '../../shared/http/pipeline.ts';
import { pair } from '../../shared/http/route.ts';
import { quoteCancellation } from './cancellation/queries.ts';
import { cancelBooking } from './commands.ts';
import { appeal } from './no-shows/commands.ts';
import { readNoShows } from './no-shows/queries.ts';
import { approve, confirm, decline, reject } from './orders/commands/deciding.ts';
import { listApprovals, readOneOrder } from './orders/queries.ts';
import { listOwnBookings, readOneBooking, writeBookingCalendar } from './queries.ts';

export const routes = pair(api, {
  listBookings: async (context, { query }) => {
    const { rows, nextCursor } = await listOwnBookings(context, query);
    return ok({ bookings: rows.map(publicBooking), ...(nextCursor ? { nextCursor } : {}) });
  },
  readBooking: async (context, { path }) => {
    const { row, beneficiaryName } = await readOneBooking(context, path.personId, path.bookingId);
    return ok({ booking: { ...publicBooking(row), beneficiaryName } });
  },
  cancelBooking: async (context, { path, body }) =>
    ok({ booking: publicBooking(await cancelBooking(context, path.personId, path.bookingId, body.refundFen)) }),
  quoteCancellation: async (context, { path }) =>
    ok({ cancellation: await quoteCancellation(context, path.personId, path.bookingId) }),
  readBookingCalendar: async (context, { path }) =>
    file(await writeBookingCalendar(context, path.personId, path.bookingId), 'text/calendar; charset=utf-8', {
      'content-disposition': `attachment; filename="${path.bookingId}.ics"`,
    }),
  readNoShowRecord: async (context, { path }) => ok(await readNoShows(context, path.personId)),
  appealNoShow: async (context, { path, body }) =>
    ok({ noShow: await appeal(context, path.personId, path.bookingId, body.reason) }),
  readOrder: async (context, { path }) => ok({ order: await readOneOrder(context, path.orderId) }),
  confirmOrder: async (context, { path, body }) => ok({ order: await confirm(context, path.orderId, body) }),
  declineOrder: async (context, { path }) => ok({ order: await decline(context, path.orderId) }),
  listApprovals: async (context, { path }) => ok({ orders: await listApprovals(context, path.centerId) }),
  approveOrder: async (context, { path }) => ok({ order: await approve(context, path.orderId) }),
  rejectOrder: async (context, { path }) => ok({ order: await reject(context, path.orderId) }),
});

export const handler = httpHandler(routes);
