import { may } from '../../shared/access/abilities.ts';
import { authorized, mustNotBeLimited } from '../../shared/access/authorize.ts';
import type { SeriesId } from '../../shared/contracts/common.ts';
import type { SeriesPreview, SeriesRequest, SeriesSummary } from '../../shared/contracts/series.ts';
import type { RequestContext } from '../../shared/http/context.ts';
import { civilNow } from '../../shared/kernel/days.ts';
import { refuse } from '../../shared/kernel/refusal.ts';
import { logReads } from '../people/index.ts';
import { planSeries, type SeriesView, showSeries } from './commands.ts';
import { previewOutcomesOf, readAwaitedWord } from './occurrences/queries/outcomes.ts';
import { placeOf } from './occurrences/rules/state.ts';
import { readOpeningFor, readSeries, readSeriesOfPerson } from './store.ts';

/** Each date of a series and what would become of it now; nothing is written. Refuses what making it would. */
export async function preview(context: RequestContext, request: SeriesRequest): Promise<SeriesPreview> {
  const { by, head } = await planSeries(context, request);
  const opening = await readOpeningFor(by, head);
  const today = civilNow(by.now, opening.center.zone).date;
  const wanted = head.dates.map((recurrence) => ({ recurrence, place: placeOf(head, recurrence) }));
  const [occurrences, word] = await Promise.all([
    previewOutcomesOf(by, head, opening, today, wanted),
    readAwaitedWord(by, head),
  ]);
  return { occurrences, ...word };
}

/**
 * A series with each of its dates, for the person, who acts for them, or the staff of its center, whose look is logged for the person to
 * see. Refuses `no-authority`, `not-found`.
 */
export async function readOneSeries(context: RequestContext, seriesId: SeriesId): Promise<SeriesView> {
  const { by } = await authorized(context);
  const stored = await readSeries(by, seriesId);
  const { beneficiaryId: personId, centerId } = stored.head;
  mustNotBeLimited(by, [personId]);
  if (!may(by.ability, 'read', 'Person', { personId })) {
    if (!may(by.ability, 'staff', 'Desk', { centerId })) throw refuse('no-authority');
    await logReads(by, [personId], { as: 'center-staff', what: `series ${centerId}` });
  }
  return showSeries(by, stored);
}

/** The series of oneself and of all one may act for, the latest first: one call for the rights and one query a person. */
export async function listOwnSeries(context: RequestContext): Promise<SeriesSummary[]> {
  const { by } = await authorized(context);
  const people = [by.actor.personId, ...Object.keys(by.access.actsFor)].filter((personId) =>
    may(by.ability, 'read', 'Person', { personId }),
  );
  const found = await Promise.all(people.map((personId) => readSeriesOfPerson(by, personId)));
  return found.flat().sort((a, b) => (a.createdAt < b.createdAt ? 1 : -1));
}
