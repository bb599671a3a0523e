import type { ClosureScope } from '../../../../shared/contracts/closures.ts';
import { clockTimeOf } from '../../../../shared/kernel/days.ts';

/** What staff have filled in so far. */
export type ClosureDraft = {
  kind: ClosureScope['kind'];
  roomId: string;
  sessionId: string;
  from: string;
  to: string;
  /** Empty: all day. */
  startsAt: string;
  endsAt: string;
  reasonZh: string;
  reasonEn: string;
  answerWithinHours: number;
};

export const kinds = ['resource', 'day', 'session'] as const;

const FIRST_MINUTES = 6 * 60;
const LAST_MINUTES = 23 * 60;
/** Times to choose from, a quarter-hour apart. */
export const times: readonly string[] = Array.from({ length: (LAST_MINUTES - FIRST_MINUTES) / 15 + 1 }, (_, index) =>
  clockTimeOf(FIRST_MINUTES + index * 15),
);

export const emptyDraft = (today: string): ClosureDraft => ({
  kind: 'resource',
  roomId: '',
  sessionId: '',
  from: today,
  to: today,
  startsAt: '',
  endsAt: '',
  reasonZh: '',
  reasonEn: '',
  answerWithinHours: 48,
});

/** Never before the first. */
export const lastDayOf = ({ from, to }: Pick<ClosureDraft, 'from' | 'to'>): string =>
  [from, to].toSorted().at(-1) ?? from;

/** What it closes, or `undefined` while something is missing or cannot be. */
export function scopeOf(draft: ClosureDraft): ClosureScope | undefined {
  const { kind, roomId, sessionId, from, startsAt, endsAt } = draft;
  const to = lastDayOf(draft);
  if (kind === 'session') return sessionId ? { kind, sessionId } : undefined;
  if (!from) return undefined;
  if (kind === 'day') return { kind, from, to };
  if (!roomId || (startsAt && endsAt && endsAt <= startsAt)) return undefined;
  return { kind, roomId, from, to, ...(startsAt ? { startsAt } : {}), ...(endsAt ? { endsAt } : {}) };
}
