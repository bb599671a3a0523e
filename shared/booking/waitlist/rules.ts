import type { WaitDecision } from '../items/session.ts';

/** A party in the line, as far as the rule looks at it. */
export type WaitingParty = {
  readonly lead: string;
  readonly size: number;
  /** Why it can never be offered: it left without a trace, or one of it has a place by now. */
  readonly gone?: 'no-entry' | 'has-a-place';
  /** One of the party has something else at that time. */
  readonly busy: boolean;
};

export type NextDecision = {
  readonly index: number;
  readonly what: WaitDecision['what'];
  readonly why?: NonNullable<WaitingParty['gone']>;
  readonly skipped: WaitDecision['skipped'];
};

/**
 * The rule of the waitlist, stated: first come, first offered, a party all together or not at all. A party that is larger than the
 * places free, or of whom one is busy at that time, keeps its place in the line and the next is asked. `undefined` when nobody
 * in the line can be offered anything. `line` is in order; decisions are taken one at a time.
 */
export function nextDecision(free: number, line: readonly WaitingParty[]): NextDecision | undefined {
  const skipped: WaitDecision['skipped'] = [];
  for (const [index, { lead, size, gone, busy }] of line.entries()) {
    if (gone) return { index, what: 'dropped', why: gone, skipped: [] };
    if (free <= 0) return undefined;
    if (size > free) skipped.push({ lead, size, why: 'party-too-large' });
    else if (busy) skipped.push({ lead, size, why: 'busy-then' });
    else return { index, what: 'offered', skipped };
  }
  return undefined;
}

/** At night nobody looks: an offer made then runs from the morning on. Hours of the civil day. */
const NIGHT_FROM_MINUTES = 22 * 60;
const MORNING_MINUTES = 8 * 60;

/**
 * Until when an offer stands, epoch seconds: so many minutes, counted from eight in the morning when it is made between ten at night
 * and then; never past the start of the session.
 */
export function offerUntil(
  now: { readonly epochSeconds: number; readonly minutes: number },
  offerMinutes: number,
  startsAtEpochSeconds: number,
): number {
  const { minutes } = now;
  const asleep =
    minutes >= NIGHT_FROM_MINUTES
      ? 24 * 60 - minutes + MORNING_MINUTES
      : minutes < MORNING_MINUTES
        ? MORNING_MINUTES - minutes
        : 0;
  return Math.min(now.epochSeconds + (asleep + offerMinutes) * 60, startsAtEpochSeconds);
}
