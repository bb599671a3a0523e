import type { Context } from 'aws-lambda';
import { handler } from '../functions/stream/handler.ts';
import { asSystem } from '../shared/access/authorize.ts';
import { bookAll } from '../shared/booking/book/place.ts';
import { clockNow } from '../shared/kernel/clock.ts';
import { bookingIdFor, randomId } from '../shared/kernel/ids.ts';
import { resetTableUse, tableUse } from '../shared/table/meter.ts';
import { center, people, session, storedSession } from '../tests/support/builders.ts';
import { StreamReader } from '../tests/support/stream.ts';
import { tenants } from '../tests/support/tenants.ts';
import { textTable } from './measure.ts';

const DATE = '2026-03-05';
const BOOKINGS = 200;
const EACH = 20;
/** As many records as the stream's function is given at once. */
const BATCH = 50;

/** Books places and gives their records to the stream's function, batch after batch: what a booking costs there. */
export async function benchFollowing(): Promise<string> {
  const by = asSystem(tenants()[0], clockNow());
  await center('followed');
  const crowd = await people(BOOKINGS);
  const stream = new StreamReader();
  await stream.next();
  for (let at = 0; at < crowd.length; at += EACH) {
    const made = await session('followed', DATE, { slug: `class-${at}`, capacity: EACH });
    for (const { personId } of crowd.slice(at, at + EACH)) {
      const bookingId = bookingIdFor(DATE, personId);
      const seat = { bookingId, actorId: personId, bookedAt: by.now.toISOString(), requestHash: 'bench' };
      const parties = [{ session: await storedSession(made), seats: { [personId]: seat } }];
      const request = { orderId: randomId('o'), actorId: personId, requestHash: 'bench', createdAt: seat.bookedAt };
      await bookAll(by, { ...request, keyed: false, parties });
    }
  }
  const followed = new Set(['session', 'booking']);
  const records = (await stream.next()).filter(({ dynamodb }) => followed.has(dynamodb?.NewImage?.['is']?.S ?? ''));
  resetTableUse();
  const cpuBefore = process.cpuUsage();
  for (let at = 0; at < records.length; at += BATCH)
    await handler({ Records: records.slice(at, at + BATCH) }, {} as Context, () => undefined);
  const { user, system } = process.cpuUsage(cpuBefore);
  const { calls, readUnits, writeUnits } = tableUse();
  const each = (count: number) => count / BOOKINGS;
  return textTable([
    ['per booking', 'records', 'calls', 'read units', 'write units', 'own CPU ms'],
    ['place', each(records.length), each(calls), each(readUnits), each(writeUnits), each((user + system) / 1_000)],
  ]);
}
