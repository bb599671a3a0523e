import * as z from 'zod';
import type { Authorized } from '../../access/authorize.ts';
import {
  type BookingId,
  bookingId,
  centerId,
  clockTime,
  localized,
  type PersonId,
  personId,
  type SessionId,
  sessionId,
} from '../../contracts/common.ts';
import type { TenantId } from '../../contracts/id.ts';
import { type NoShowEffect, type NoShowLogEntry, type NoShowRule, noShowLogEntry } from '../../contracts/no-shows.ts';
import { again } from '../../kernel/again.ts';
import { CIVIL_ZONE, civilNow, daysBetween } from '../../kernel/days.ts';
import { isRefusal, refuse } from '../../kernel/refusal.ts';
import { type Condition, condition, exists, isNew, type RawItem } from '../../table/conditions.ts';
import { keys } from '../../table/keys.ts';
import { getMany, parsedItem } from '../../table/read.ts';
import { transact, type Write } from '../../table/write.ts';
import { excuseSeat } from '../claim/attendance.ts';
import { type BookingRow, bookingRow } from '../items/booking-row.ts';
import { type Seat, sessionItem } from '../items/session.ts';
import type { BookingState } from '../row/states.ts';
import {
  type NoShowRecord,
  noShowCountOf,
  noShowLimitFactKeys,
  noShowLimitOf,
  noShowRecordFrom,
  noShowRuleFrom,
} from './limit.ts';

/** `AGENDA#<person> / NOSHOW#<bookingId>#<step>`: the log. A line is written once and never changed; each step happens at most once. */
export const noShowLogItem = noShowLogEntry.omit({ byName: true }).extend({
  is: z.literal('no-show-line').default('no-show-line'),
  bookingId,
  personId,
  centerId,
  sessionId: sessionId.optional(),
  title: localized,
  date: z.string(),
  startsAt: clockTime,
});
export type NoShowLogItem = z.infer<typeof noShowLogItem>;

/** Their place in the log: an appeal is decided once, whatever the word is. */
const stepInLog = { marked: 1, appealed: 2, accepted: 3, refused: 3, 'taken-back': 3, came: 4 } as const;

/** `NOSHOWS#<center> / APPEAL#<bookingId>`: by what a center finds its appeals. */
export const appealPointer = z.object({ personId, bookingId, open: z.boolean() });

/** What is older stays in the log; the list of what may count is kept short. */
const KEPT_DAYS = 400;
const ROUNDS = 5;

/** Everything that a step is decided by. */
export type NoShowFacts = {
  readonly row: BookingRow;
  readonly seat: Seat | undefined;
  readonly record: NoShowRecord;
  readonly rule: NoShowRule;
};

export const noShowFactKeys = (tenantId: TenantId, personId: PersonId, id: string) => [
  keys.booking.booking(tenantId, personId, id),
  ...noShowLimitFactKeys(tenantId, personId),
];

/** Makes sense of the items of {@link noShowFactKeys}; `undefined` when there is no such booking. */
export function noShowFactsFrom([row, record, rule]: readonly (RawItem | undefined)[]): NoShowFacts | undefined {
  if (!row) return undefined;
  const facts = { record: noShowRecordFrom(record), rule: noShowRuleFrom(rule) };
  return { row: parsedItem(bookingRow, row), seat: undefined, ...facts };
}

async function readFacts(by: Authorized, personId: PersonId, bookingId: BookingId, sessionId: SessionId | undefined) {
  const wanted = noShowFactKeys(by.tenantId, personId, bookingId);
  const [row, record, rule, item] = await getMany([
    ...wanted,
    ...(sessionId ? [keys.booking.session(by.tenantId, sessionId)] : []),
  ]);
  const facts = noShowFactsFrom([row, record, rule]);
  const seat = item && parsedItem(sessionItem, item).seats[personId];
  return facts && { ...facts, seat: seat?.bookingId === bookingId ? seat : undefined };
}

const todayOf = (by: Authorized): string => civilNow(by.now, CIVIL_ZONE).date;

function thenOf(by: Authorized, state: BookingState, record: NoShowRecord, rule: NoShowRule): NoShowEffect {
  const today = todayOf(by);
  const horizonDays = noShowLimitOf(record, rule, today)?.horizonDays;
  return { state, noShows: noShowCountOf(record, rule, today), ...(horizonDays ? { horizonDays } : {}) };
}

/** The list with this booking in it, or without. */
function changed(by: Authorized, { record, row }: NoShowFacts, counts: boolean): NoShowRecord {
  const { bookingId: id, date } = row;
  const others = record.noShows.filter((one) => one.bookingId !== id && daysBetween(one.date, todayOf(by)) < KEPT_DAYS);
  return {
    is: 'standing',
    version: record.version + 1,
    noShows: counts ? [...others, { bookingId: id, date }] : others,
  };
}

/** The list is changed only as it was read. Refuses `changed-meanwhile`. */
function recordWrite(by: Authorized, facts: NoShowFacts, next: NoShowRecord): Write {
  return {
    key: keys.noShows.counted(by.tenantId, facts.row.beneficiaryId),
    item: next,
    ...(facts.record.version === 0
      ? { conditions: [isNew] }
      : {
          names: { '#version': 'version' },
          values: { ':version': facts.record.version },
          conditions: [condition('as read', '#version = :version')],
        }),
    meaning: () => refuse('changed-meanwhile'),
  };
}

/** A line of the log. `meaning` says what it means that it stands already. */
function logEntryWrite(
  by: Authorized,
  { row }: NoShowFacts,
  entry: Omit<NoShowLogEntry, 'byName'>,
  meaning: Write['meaning'] = () => 'done',
): Write {
  const { bookingId: id, beneficiaryId, centerId: center, sessionId: session, title, date, startsAt } = row;
  const line: NoShowLogItem = {
    ...entry,
    is: 'no-show-line',
    bookingId: id,
    personId: beneficiaryId,
    centerId: center,
    ...(session ? { sessionId: session } : {}),
    title,
    date,
    startsAt,
  };
  return {
    key: keys.noShows.logEntry(by.tenantId, beneficiaryId, id, stepInLog[entry.what]),
    item: line,
    conditions: [isNew],
    meaning,
  };
}

const inState = (state: BookingState): { names: Record<string, string>; values: RawItem; conditions: Condition[] } => ({
  names: { '#state': 'state' },
  values: { ':state': state },
  conditions: [exists, condition('as read', '#state = :state')],
});

/** By another booking of the same person, or by a double of this. */
const isListChanged = (error: unknown): boolean => isRefusal(error, 'changed-meanwhile');

/**
 * Makes the person's list agree with the row of one booking, with its line in the log, in one transaction with a look at the row: for
 * the desk, which marked it, and for the stream, which may come twice or late.
 */
export function followNoShow(
  by: Authorized,
  { beneficiaryId, bookingId: id, sessionId: session }: Pick<BookingRow, 'beneficiaryId' | 'bookingId' | 'sessionId'>,
): Promise<void> {
  return again(
    ROUNDS,
    async () => {
      const facts = await readFacts(by, beneficiaryId, id, session);
      if (!facts) return;
      const { row, seat, record, rule } = facts;
      const counts = row.state === 'no-show';
      if (counts === record.noShows.some((one) => one.bookingId === id)) return;
      const next = changed(by, facts, counts);
      const [who, at] = seat?.noShowMark ?? [undefined, by.now.toISOString()];
      const said = {
        at,
        ...(who && who !== 'city' ? { by: who } : {}),
        as: who && who !== 'city' ? 'staff' : 'city',
      } as const;
      const before = thenOf(by, counts ? 'booked' : 'no-show', record, rule);
      const after = thenOf(by, row.state, next, rule);
      await transact([
        {
          key: keys.booking.booking(by.tenantId, beneficiaryId, id),
          ...inState(row.state),
          meaning: () => refuse('changed-meanwhile'),
        },
        recordWrite(by, facts, next),
        logEntryWrite(by, facts, { what: counts ? 'marked' : 'came', ...said, before, after }),
      ]);
    },
    isListChanged,
  );
}

const pointerWrite = (by: Authorized, { row }: NoShowFacts, open: boolean): Write => ({
  key: keys.noShows.appeal(by.tenantId, row.centerId, row.bookingId),
  item: { personId: row.beneficiaryId, bookingId: row.bookingId, open },
});

const mustBeNoShow = (row: BookingRow): void => {
  if (row.state !== 'no-show') throw refuse('not-a-no-show', { state: row.state });
};

/** Contests a no-show, once. Refuses `not-a-no-show`, `already-appealed`. */
export async function appealNoShow(by: Authorized, facts: NoShowFacts, who: string, reason: string): Promise<void> {
  const { row, record, rule } = facts;
  mustBeNoShow(row);
  const now = thenOf(by, row.state, record, rule);
  const same = (item: RawItem | undefined) =>
    item?.['reason'] === reason && item['by'] === who ? ('done' as const) : refuse('already-appealed');
  const entry = { what: 'appealed', at: by.now.toISOString(), by: who, as: 'resident', reason } as const;
  const { beneficiaryId, bookingId: id } = row;
  await transact([
    logEntryWrite(by, facts, { ...entry, before: now, after: now }, same),
    // A word spoken before the appeal stands: a mark that was taken back needs none.
    {
      key: keys.noShows.logEntry(by.tenantId, beneficiaryId, id, stepInLog.accepted),
      conditions: [condition('not decided', 'attribute_not_exists(pk)')],
      meaning: () => refuse('already-decided'),
    },
    pointerWrite(by, facts, true),
  ]);
}

/**
 * The center's word: accepted, the row is excused and the no-show no longer counts, in one transaction with the line of the log; the
 * seat follows. Without an appeal a mistaken mark is taken back. Refuses `not-a-no-show`, `already-decided`, `no-appeal`.
 */
export function decideNoShow(
  by: Authorized,
  person: string,
  id: string,
  said: { readonly who: string; readonly accept: boolean; readonly reason: string },
): Promise<void> {
  return again(
    ROUNDS,
    async () => {
      const { who, accept, reason } = said;
      const [found, appealed] = await Promise.all([
        readFacts(by, person, id, undefined),
        getMany([
          keys.noShows.logEntry(by.tenantId, person, id, stepInLog.appealed),
          keys.noShows.logEntry(by.tenantId, person, id, stepInLog.accepted),
        ]),
      ]);
      if (!found) throw refuse('not-found');
      const { row, record, rule } = found;
      const what = accept ? (appealed[0] ? 'accepted' : 'taken-back') : 'refused';
      const same = (item: RawItem | undefined) =>
        item?.['what'] === what && item['reason'] === reason && item['by'] === who
          ? ('done' as const)
          : refuse('already-decided');
      if (appealed[1]) {
        const stands = same(appealed[1]);
        if (stands === 'done') return;
        throw stands;
      }
      mustBeNoShow(row);
      if (what === 'refused' && !appealed[0]) throw refuse('no-appeal');
      const next = accept ? changed(by, found, false) : record;
      const entry = { what, at: by.now.toISOString(), by: who, as: 'staff', reason } as const;
      const before = thenOf(by, row.state, record, rule);
      const after = thenOf(by, accept ? 'excused' : row.state, next, rule);
      const key = keys.booking.booking(by.tenantId, person, id);
      const { names, values, conditions } = inState('no-show');
      const meaning = () => refuse('changed-meanwhile');
      const ofRow: Write = accept
        ? {
            key,
            update: 'SET #state = :excused',
            names,
            values: { ...values, ':excused': 'excused' },
            conditions,
            meaning,
          }
        : { key, names, values, conditions, meaning };
      await transact([
        logEntryWrite(by, found, { ...entry, before, after }, same),
        ofRow,
        ...(accept ? [recordWrite(by, found, next)] : []),
        pointerWrite(by, found, false),
      ]);
      if (accept && row.sessionId) await excuseSeat(by, row.sessionId, person, id);
    },
    isListChanged,
  );
}
