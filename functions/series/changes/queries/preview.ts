import type { AuthorizedActor } from '../../../../shared/access/authorize.ts';
import type { SeriesId } from '../../../../shared/contracts/common.ts';
import type { ChangePreview, PreviewedChange, SeriesChange } from '../../../../shared/contracts/series.ts';
import type { RequestContext } from '../../../../shared/http/context.ts';
import type { IsoDate } from '../../../../shared/kernel/days.ts';
import { refuse } from '../../../../shared/kernel/refusal.ts';
import { readSeriesToChange } from '../../commands.ts';
import type { SeriesItem } from '../../items.ts';
import type { Slot } from '../../occurrences/items.ts';
import { previewOutcomesOf, readAwaitedWord, type Wanted } from '../../occurrences/queries/outcomes.ts';
import { placeOf, wordsFor } from '../../occurrences/rules/state.ts';
import { readOpeningFor } from '../../store.ts';
import { movedTarget, movedTo, planRule, rowFor, whyKept } from '../rules.ts';
import { type Facts, readFacts } from './facts.ts';

/** A date of a change: what is known of it at once, or where it is wanted. */
type Step = PreviewedChange | (Wanted & { readonly was?: Slot });
const isKnown = (step: Step): step is PreviewedChange => 'fate' in step;

/**
 * What a change would come to, date by date, as everything is read; nothing is written. What is over is not told of. Refuses what the change
 * would be refused for, except that the series is still being booked.
 */
export async function previewChange(
  context: RequestContext,
  seriesId: SeriesId,
  wanted: SeriesChange,
): Promise<ChangePreview> {
  const { by, stored } = await readSeriesToChange(context, seriesId);
  const facts = await readFacts(by, stored);
  const { head, today } = facts;
  const { recurrence, scope, move } = wanted;
  if (recurrence !== undefined && !head.dates.includes(recurrence)) throw refuse('not-found');
  const first = recurrence ?? today;
  const dates = head.dates.filter((date) => (scope === 'this' ? date === first : date >= first));
  const target = movedTarget(head, scope === 'this' ? { scope, move: undefined } : wanted);
  const steps = move?.rule
    ? ruleSteps(by, facts, wanted)
    : dates.flatMap((date) => stepOf(by, facts, date, wanted) ?? []);
  const next = steps.flatMap((step) => (isKnown(step) ? [] : [step]));
  const span = [...head.dates, ...next.map(({ place }) => place.date)].sort();
  const moved: SeriesItem = { ...head, target, dates: span };
  const opening = await readOpeningFor(by, { ...head, firstDate: span[0] ?? first, lastDate: span.at(-1) ?? first });
  const [fates, word] = await Promise.all([
    previewOutcomesOf(by, moved, opening, today, next),
    next.length > 0 ? readAwaitedWord(by, moved) : {},
  ]);
  const fateOf = new Map(fates.map((fate, index) => [next[index], fate]));
  const occurrences = steps.flatMap((step): PreviewedChange[] => {
    if (isKnown(step)) return [step];
    const fate = fateOf.get(step);
    return fate ? [{ ...fate, ...(step.was ? { was: step.was } : {}) }] : [];
  });
  return { occurrences: occurrences.sort((a, b) => (a.date < b.date ? -1 : 1)), ...word };
}

const placedAt = ({ date, startsAt, endsAt }: Slot): Slot => ({ date, startsAt, ...(endsAt ? { endsAt } : {}) });

/** Nothing where the date is over or was called off, unless it alone was asked about: then that is refused. */
function stepOf(by: AuthorizedActor, facts: Facts, recurrence: IsoDate, wanted: SeriesChange): Step | undefined {
  const { head, items } = facts;
  const item = items.get(recurrence);
  const isPlaced = item !== undefined && item.outcome !== 'later';
  const at = placedAt(isPlaced ? item : placeOf(head, recurrence));
  const no = isPlaced ? whyKept(by, facts, item) : undefined;
  if (no && wanted.scope === 'this') throw refuse(no, { recurrence });
  if (no === 'not-free-to-change') return { recurrence, ...at, fate: 'kept', code: no, why: wordsFor({ code: no }) };
  if (no) return undefined;
  const row = rowFor(facts, item);
  if (wanted.cancel) return { recurrence, ...at, fate: 'ends' };
  if (wanted.purpose !== undefined) return { recurrence, ...at, fate: 'same' };
  const place = movedTo(at, wanted);
  const isSame = place.date === at.date && place.startsAt === at.startsAt && place.endsAt === at.endsAt;
  if (isSame && (row || !isPlaced)) return { recurrence, ...at, fate: 'same' };
  return row ? { recurrence, place, old: row, was: at } : { recurrence, place };
}

function ruleSteps(by: AuthorizedActor, facts: Facts, wanted: SeriesChange): Step[] {
  const { head, items } = facts;
  const { dates, moves, kept, ends, target } = planRule(by, facts, wanted);
  const goesOn = dates.flatMap((recurrence) => {
    const place = placeOf({ ...head, target }, recurrence);
    const date = moves.get(recurrence);
    const step = date === undefined ? undefined : stepOf(by, facts, date, { scope: 'all', move: placedAt(place) });
    return step ? { ...step, recurrence } : { recurrence, place };
  });
  const stays = [...kept].flatMap((date) => stepOf(by, facts, date, wanted) ?? []);
  const over = ends.flatMap((date) => {
    const item = items.get(date);
    return item ? [{ recurrence: date, ...placedAt(item), fate: 'ends' as const }] : [];
  });
  return [...goesOn, ...stays, ...over];
}
