import type { Authorized } from '../../../../shared/access/authorize.ts';
import type { Applicant } from '../../../../shared/booking/book/eligibility.ts';
import { rowFactFrom, rowFactKey } from '../../../../shared/booking/facts/bookings.ts';
import { counterFactKey } from '../../../../shared/booking/facts/counters.ts';
import { agendaDayFactFrom, agendaDayFactKey } from '../../../../shared/booking/facts/days.ts';
import { sessionFactFrom, sessionFactKey } from '../../../../shared/booking/facts/sessions.ts';
import type { BookingRow } from '../../../../shared/booking/items/booking-row.ts';
import { cityRulesFactKey, cityRulesFrom } from '../../../../shared/booking/items/city-rules.ts';
import type { AgendaDayItem } from '../../../../shared/booking/items/day-sheet.ts';
import type { SessionItem } from '../../../../shared/booking/items/session.ts';
import {
  noShowLimitFactKeys,
  noShowRecordFrom,
  noShowRuleFrom,
  refusalOfNoShowLimit,
} from '../../../../shared/booking/no-show/limit.ts';
import { payingWith } from '../../../../shared/booking/price/paying.ts';
import { guessCounters } from '../../../../shared/booking/price/seen-rules.ts';
import type { WantedParty } from '../../../../shared/contracts/checkout.ts';
import type { CityRules } from '../../../../shared/contracts/city-rules.ts';
import type { CenterId, HouseholdId, PersonId, SessionId } from '../../../../shared/contracts/common.ts';
import type { TenantId } from '../../../../shared/contracts/id.ts';
import type { PayWith } from '../../../../shared/contracts/passes.ts';
import { epochSeconds } from '../../../../shared/kernel/clock.ts';
import { type CivilTime, civilNow } from '../../../../shared/kernel/days.ts';
import { type Refusal, refuse } from '../../../../shared/kernel/refusal.ts';
import type { RawItem } from '../../../../shared/table/conditions.ts';
import type { ReadableKey } from '../../../../shared/table/keys/partition.ts';
import { partsOfSessionId } from '../../../../shared/table/keys.ts';
import { getMany } from '../../../../shared/table/read.ts';
import {
  centerFactFrom,
  centerFactKey,
  type OfferingItem,
  offeringFactFrom,
  offeringFactKey,
} from '../../../centers/index.ts';
import { permits, whitelistFactFrom, whitelistFactKey } from '../../../operators/index.ts';
import { profileFactFrom, profileFactKey } from '../../../people/index.ts';

/** What somebody wants: in each session a party, all of them or nobody. */
export type SessionBooking = {
  readonly parties: readonly WantedParty[];
  readonly ifFull: 'refuse' | 'wait';
  readonly payWith?: PayWith | undefined;
};

export const peopleIn = (parties: readonly WantedParty[]): string[] => [
  ...new Set(parties.flatMap(({ beneficiaryIds }) => beneficiaryIds)),
];

/** Names the booking of one person in one session, the same for every try of the same request. */
export type BookingIdOf = (sessionId: SessionId, personId: PersonId) => string;

/** Everything a booking is decided by, read in one call. */
export type Facts = {
  /** Each session with who wants a place in it, always in the same order. */
  readonly parties: readonly { readonly session: SessionItem; readonly beneficiaryIds: readonly PersonId[] }[];
  readonly offering: (session: SessionItem) => OfferingItem | undefined;
  readonly people: readonly (Applicant & {
    readonly householdId?: HouseholdId | undefined;
    readonly groups?: Readonly<Record<string, unknown>> | undefined;
  })[];
  /** What the city has set for itself. */
  readonly rules: CityRules;
  /** Standing rows of this request, by `<session> <person>`. */
  readonly rows: ReadonlyMap<string, BookingRow>;
  readonly bookingIdOf: BookingIdOf;
  readonly day: (personId: PersonId, date: string) => AgendaDayItem | undefined;
  /** Why this person may not book this far ahead yet, for no-shows. */
  readonly farAhead: (personId: PersonId, session: SessionItem) => Refusal | undefined;
  readonly permitted: (session: SessionItem) => boolean;
  readonly civil: (session: SessionItem) => CivilTime;
  readonly nowEpochSeconds: number;
};

/** Reads many items by name in one call: `want` remembers a key, `got` gives its item afterwards, once it was read or `found`. */
export class Wanted {
  readonly list: ReadableKey[] = [];
  readonly #places = new Map<string, number>();
  #items: readonly (RawItem | undefined)[] = [];
  readonly #first: Wanted | undefined;

  /** What `first` has brought along is not asked for once more. */
  constructor(first?: Wanted) {
    this.#first = first;
  }

  want(key: ReadableKey): void {
    const name = `${key.pk} ${key.sk}`;
    if (this.#places.has(name) || this.#first?.has(name)) return;
    this.#places.set(name, this.list.length);
    this.list.push(key);
  }
  private has(name: string): boolean {
    return this.#places.has(name);
  }
  found(items: readonly (RawItem | undefined)[]): void {
    this.#items = items;
  }
  async read(): Promise<void> {
    this.found(await getMany(this.list));
  }
  got(key: ReadableKey): RawItem | undefined {
    const place = this.#places.get(`${key.pk} ${key.sk}`);
    return place === undefined ? this.#first?.got(key) : this.#items[place];
  }
}

/** The keys of everything that decides about a booking: at most 96 for the largest request, and the order, one call. */
export function wantedFor(tenantId: TenantId, parties: readonly WantedParty[], bookingIdOf: BookingIdOf): Wanted {
  const wanted = wantedForAdmission(tenantId, parties);
  for (const { sessionId, beneficiaryIds } of parties) {
    for (const personId of beneficiaryIds) {
      wanted.want(agendaDayFactKey(tenantId, personId, partsOfSessionId(sessionId).date));
      wanted.want(rowFactKey(tenantId, personId, bookingIdOf(sessionId, personId)));
    }
  }
  return wanted;
}

/** What a booking of one session counts against, as far as it can be guessed, and what is to pay for it: so that nothing is read after. */
export function wantCounters(
  tenantId: TenantId,
  wanted: Wanted,
  parties: readonly WantedParty[],
  payWith: PayWith | undefined,
): void {
  const [only] = parties;
  if (!only || parties.length > 1) return;
  const { offeringId, date } = partsOfSessionId(only.sessionId);
  const paying = payWith && payingWith(tenantId, payWith, () => undefined);
  for (const personId of only.beneficiaryIds) {
    for (const counter of guessCounters(tenantId, { kind: 'session', date, offeringId }, personId))
      wanted.want(counterFactKey(tenantId, counter));
    if (paying) wanted.want(paying.key(personId));
  }
}

/** The keys of what says whether these people may come to these sessions, whatever places and hours are left: the rules and the people. */
export function wantedForAdmission(tenantId: TenantId, parties: readonly WantedParty[]): Wanted {
  const wanted = new Wanted();
  wanted.want(cityRulesFactKey(tenantId));
  for (const personId of peopleIn(parties)) {
    wanted.want(profileFactKey(tenantId, personId));
    for (const key of noShowLimitFactKeys(tenantId, personId)) wanted.want(key);
  }
  for (const { sessionId } of parties) {
    const { centerId, providerId, offeringId } = partsOfSessionId(sessionId);
    wanted.want(offeringFactKey(tenantId, offeringId));
    wanted.want(sessionFactKey(tenantId, sessionId));
    wanted.want(centerFactKey(tenantId, centerId));
    if (providerId !== 'center') wanted.want(whitelistFactKey(tenantId, providerId, centerId));
  }
  return wanted;
}

/**
 * The facts as read; what depends on the time is told for `now`, which an application to a draw sets to the time of the draw. Refuses
 * `not-found` for a session or a person that is not there.
 */
export function factsFrom(
  by: Authorized,
  wanted: Wanted,
  wantedParties: readonly WantedParty[],
  bookingIdOf: BookingIdOf,
  now: Date = by.now,
): Facts {
  const { tenantId } = by;
  // Always in the same order, so that two requests for the same sessions queue up behind each other instead of each holding a part.
  const inOrder = [...wantedParties].sort((one, other) => (one.sessionId < other.sessionId ? -1 : 1));
  const parties = inOrder.map(({ sessionId, beneficiaryIds }) => {
    const session = sessionFactFrom(wanted.got(sessionFactKey(tenantId, sessionId)));
    if (!session) throw refuse('not-found', { sessionId });
    return { session, beneficiaryIds };
  });
  const people = peopleIn(wantedParties).map((personId) => {
    const profile = profileFactFrom(wanted.got(profileFactKey(tenantId, personId)));
    if (!profile) throw refuse('not-found', { personId });
    return profile;
  });
  const rows = new Map<string, BookingRow>();
  for (const {
    session: { sessionId },
    beneficiaryIds,
  } of parties) {
    for (const personId of beneficiaryIds) {
      const row = rowFactFrom(wanted.got(rowFactKey(tenantId, personId, bookingIdOf(sessionId, personId))));
      if (row) rows.set(`${sessionId} ${personId}`, row);
    }
  }
  const civilOf = (centerId: CenterId): CivilTime => {
    const center = centerFactFrom(wanted.got(centerFactKey(tenantId, centerId)));
    if (!center) throw refuse('not-found', { centerId });
    return civilNow(now, center.zone);
  };
  return {
    nowEpochSeconds: epochSeconds(now),
    rules: cityRulesFrom(wanted.got(cityRulesFactKey(tenantId))),
    parties,
    people,
    offering: ({ offeringId }) => offeringFactFrom(wanted.got(offeringFactKey(tenantId, offeringId))),
    rows,
    bookingIdOf,
    day: (personId, date) => agendaDayFactFrom(wanted.got(agendaDayFactKey(tenantId, personId, date))),
    farAhead: (personId, { sessionId, centerId, date }) => {
      const [counted, rule] = noShowLimitFactKeys(tenantId, personId).map((key) => wanted.got(key));
      const no = refusalOfNoShowLimit(personId, noShowRecordFrom(counted), noShowRuleFrom(rule), {
        today: civilOf(centerId).date,
        date,
      });
      return no && refuse(no.code, { ...no.facts, sessionId });
    },
    permitted: ({ providerId, centerId, service, date, grossPriceFen }) => {
      if (providerId === 'center') return true;
      const entry = whitelistFactFrom(wanted.got(whitelistFactKey(tenantId, providerId, centerId)));
      return entry !== undefined && permits(entry, { service, date, priceFen: grossPriceFen });
    },
    civil: ({ centerId }) => civilOf(centerId),
  };
}
