import { isKeptFrom } from '../../../shared/access/authorize.ts';
import type { NoShowLine } from '../../../shared/booking/no-show/no-shows.ts';
import { appealsAt, linesOf, noShowsFrom, readNoShowRule } from '../../../shared/booking/no-show/view.ts';
import type { NoShow } from '../../../shared/contracts/standing.ts';
import type { RequestContext } from '../../../shared/http/context.ts';
import { type AtDesk, atDesk, peopleShown } from '../store.ts';

/** These lines with everybody's name, as staff see them. */
export async function shownNoShows(desk: AtDesk, lines: readonly NoShowLine[]): Promise<NoShow[]> {
  const { by } = desk;
  const ids = lines.flatMap(({ personId, by: who }) => (who ? [personId, who] : [personId]));
  const [people, rule] = await Promise.all([peopleShown(desk, ids), readNoShowRule(by)]);
  return noShowsFrom(lines, rule, (personId) => people.get(personId)?.name);
}

/** Contested no-shows of the center, the open ones first. Refuses `forbidden`, `not-found`. */
export async function appealsOf(context: RequestContext, centerId: string): Promise<NoShow[]> {
  const desk = await atDesk(context, centerId);
  const pointers = await appealsAt(desk.by, centerId);
  const visible = pointers.filter(({ personId }) => !isKeptFrom(desk.by, personId));
  const lines = await Promise.all(visible.map(({ personId, bookingId }) => linesOf(desk.by, personId, bookingId)));
  const open = new Set(visible.flatMap((one) => (one.open ? [one.bookingId] : [])));
  const all = await shownNoShows(desk, lines.flat());
  return [
    ...all.filter(({ bookingId }) => open.has(bookingId)),
    ...all.filter(({ bookingId }) => !open.has(bookingId)),
  ];
}
