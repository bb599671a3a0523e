import { isKeptFrom } from '../../../shared/access/authorize.ts';
import type { NoShowLogItem } from '../../../shared/booking/no-show/no-shows.ts';
import { noShowsFrom, readAppeals, readNoShowLogOf, readNoShowRule } from '../../../shared/booking/no-show/view.ts';
import type { CenterId } from '../../../shared/contracts/common.ts';
import type { NoShow } from '../../../shared/contracts/no-shows.ts';
import type { RequestContext } from '../../../shared/http/context.ts';
import { type AtDesk, authorizeAtDesk, readPeopleShown } from '../store.ts';

/** These lines with everybody's name, as staff see them. */
export async function showNoShows(desk: AtDesk, lines: readonly NoShowLogItem[]): Promise<NoShow[]> {
  const { by } = desk;
  const ids = lines.flatMap(({ personId, by: who }) => (who ? [personId, who] : [personId]));
  const [people, rule] = await Promise.all([readPeopleShown(desk, ids), readNoShowRule(by)]);
  return noShowsFrom(lines, rule, (personId) => people.get(personId)?.name);
}

/** Contested no-shows of the center, the open ones first. Refuses `forbidden`, `not-found`. */
export async function listAppeals(context: RequestContext, centerId: CenterId): Promise<NoShow[]> {
  const desk = await authorizeAtDesk(context, centerId);
  const pointers = await readAppeals(desk.by, centerId);
  const visible = pointers.filter(({ personId }) => !isKeptFrom(desk.by, personId));
  const lines = await Promise.all(
    visible.map(({ personId, bookingId }) => readNoShowLogOf(desk.by, personId, bookingId)),
  );
  const open = new Set(visible.flatMap((one) => (one.open ? [one.bookingId] : [])));
  const all = await showNoShows(desk, lines.flat());
  return [
    ...all.filter(({ bookingId }) => open.has(bookingId)),
    ...all.filter(({ bookingId }) => !open.has(bookingId)),
  ];
}
