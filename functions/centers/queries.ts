import type * as z from 'zod';
import type { Authorized } from '../../shared/access/authorize.ts';
import type { centerAnswer, centersAnswer, openingAnswer, openingQuery } from '../../shared/contracts/centers.ts';
import type { CenterId } from '../../shared/contracts/common.ts';
import { addDays, datesBetween } from '../../shared/kernel/days.ts';
import { refuse } from '../../shared/kernel/refusal.ts';
import { readCenter } from './facts.ts';
import { readCatalog, readCenters, readOpening } from './store.ts';

/** All centers of the city, by id. */
export async function list(by: Authorized): Promise<z.input<typeof centersAnswer>> {
  return { centers: await readCenters(by) };
}

/** A center with its rooms and what is on offer there. Refuses `not-found`. */
export async function show(by: Authorized, centerId: CenterId): Promise<z.input<typeof centerAnswer>> {
  const [center, catalog] = await Promise.all([readCenter(by, centerId, { relaxed: true }), readCatalog(by, centerId)]);
  if (!center) throw refuse('not-found');
  return { center, ...catalog };
}

/** Opening day by day, a week unless `to` says otherwise. Refuses `not-found`. */
export async function readCenterOpening(
  by: Authorized,
  centerId: CenterId,
  { from, to = addDays(from, 6) }: z.output<typeof openingQuery>,
): Promise<z.input<typeof openingAnswer>> {
  const { on } = await readOpening(by, centerId, from, to);
  return { days: datesBetween(from, to).map(on) };
}
