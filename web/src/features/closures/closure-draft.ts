import type { Room } from '../../../../shared/contracts/centers.ts';
import type { ClosureScope } from '../../../../shared/contracts/closures.ts';
import type { RoomId, SessionId } from '../../../../shared/contracts/common.ts';
import { clockTimeOf } from '../../../../shared/kernel/days.ts';

/** What is closed, as staff name it: a resource by its kind, one day, or the center for several days. */
export const closureKinds = ['room', 'teacher', 'clinician', 'equipment', 'day', 'center', 'session'] as const;
export type ClosureKind = (typeof closureKinds)[number];

/** The kinds of resources that each name stands for; none for what is no resource. */
const resourcesOf: Readonly<Record<ClosureKind, readonly Room['kind'][]>> = {
  room: ['room'],
  teacher: ['teacher'],
  clinician: ['clinician'],
  equipment: ['equipment', 'vehicle'],
  day: [],
  center: [],
  session: [],
};
export const isResource = (kind: ClosureKind): boolean => resourcesOf[kind].length > 0;
export const resourcesFor = (kind: ClosureKind, rooms: readonly Room[]): Room[] =>
  rooms.filter((room) => resourcesOf[kind].includes(room.kind));

/** What staff have filled in so far. */
export type ClosureDraft = {
  kind: ClosureKind;
  roomId: RoomId;
  sessionId: SessionId;
  from: string;
  to: string;
  /** Empty: all day. */
  startsAt: string;
  endsAt: string;
  reasonZh: string;
  reasonEn: string;
  answerWithinHours: number;
};

const FIRST_MINUTES = 6 * 60;
const LAST_MINUTES = 23 * 60;
/** Times to choose from, a quarter-hour apart. */
export const times: readonly string[] = Array.from({ length: (LAST_MINUTES - FIRST_MINUTES) / 15 + 1 }, (_, index) =>
  clockTimeOf(FIRST_MINUTES + index * 15),
);

export const emptyDraft = (today: string): ClosureDraft => ({
  kind: 'room',
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

/** Never before the first; of one day, that day. */
export const lastDayOf = ({ kind, from, to }: Pick<ClosureDraft, 'kind' | 'from' | 'to'>): string =>
  kind === 'day' ? from : ([from, to].toSorted().at(-1) ?? from);

/** What it closes, or `undefined` while something is missing or cannot be. */
export function scopeOf(draft: ClosureDraft): ClosureScope | undefined {
  const { kind, roomId, sessionId, from, startsAt, endsAt } = draft;
  const to = lastDayOf(draft);
  if (kind === 'session') return sessionId ? { kind, sessionId } : undefined;
  if (!from) return undefined;
  if (!isResource(kind)) return { kind: 'day', from, to };
  if (!roomId || (startsAt && endsAt && endsAt <= startsAt)) return undefined;
  return { kind: 'resource', roomId, from, to, ...(startsAt ? { startsAt } : {}), ...(endsAt ? { endsAt } : {}) };
}
