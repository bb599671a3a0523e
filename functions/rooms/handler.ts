import { anyone } from '../../shared/access/authorize.ts';
import { publicBooking } from '../../shared/booking/row/booking-row.ts';
import * as api from '../../shared/contracts/endpoints/rooms.ts';
import { created, ok } from '../../shared/http/answer.ts';
import { httpHandler } from '../../shared/http/pipeline.ts';
import { pair } from '../../shared/http/route.ts';
import * as rooms from './commands.ts';
import { readAvailability, readRoomsWeek } from './queries.ts';

export const routes = pair(api, {
  readAvailability: async (context, { path, query }) => ok(await readAvailability(anyone(context), path.roomId, query)),
  readRoomsWeek: async (context, { path, query }) =>
    ok(await readRoomsWeek(anyone(context), path.centerId, query.week)),
  bookRoom: async (context, { path, body }) => {
    const { row, replayed } = await rooms.book(context, path.roomId, body);
    return created({ booking: publicBooking(row) }, { replayed });
  },
});

export const handler = httpHandler(routes);
