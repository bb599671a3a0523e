import type { Booking } from './bookings.ts';
import type { Center, Offering, Room } from './centers.ts';
import type { FairUseRule } from './city-rules.ts';
import type { Household, Person } from './people.ts';
import type { RoundSession, RoundSummary } from './rounds.ts';
import type { SeriesOccurrence, SeriesRule, SeriesSummary } from './series.ts';
import type { Session } from './sessions.ts';

/**
 * What the OpenAPI document shows as examples: one family, one center, one week. They are no part of any function; a test parses each by
 * its schema.
 */

const yuhu = 'yuhu';
const studio = 'yuhu.studio';
const calligraphy = 'yuhu.op-guyun.calligraphy';
const classOnWednesday = 'yuhu.op-guyun.calligraphy.20260304t1600';
const mother = 'p0000000000000001';
const daughter = 'p0000000000000002';
const clerk = 'p0000000000000003';
const order = 'o0000000000000001';
const bookingId = '20260304-0000000000001';
const wednesday = '2026-03-04';
const hash = '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08';
const calligraphyTitle = { zh: '少儿书法', en: 'Calligraphy for children' };
const reason = '家长来电，孩子需要临时看护。';

const center: Center = {
  centerId: yuhu,
  name: { zh: '玉湖邻里中心', en: 'Yuhu Neighborhood Center' },
  district: '荔城区',
  kind: 'concentrated',
  address: { zh: '莆田市荔城区玉湖路 1 号', en: '1 Yuhu Road, Licheng District, Putian' },
  sample: true,
  phone: '0594-0000000',
  services: ['childcare', 'elder-care', 'leisure'],
};

const room: Room = {
  roomId: studio,
  kind: 'room',
  centerId: yuhu,
  name: { zh: '排练室', en: 'Studio' },
  floor: '2',
  seats: 20,
  equipment: [{ zh: '钢琴', en: 'Piano' }],
  bookable: true,
  bufferBeforeMinutes: 0,
  bufferAfterMinutes: 15,
  maxMinutesPerBooking: 180,
};

const offering: Offering = {
  offeringId: calligraphy,
  centerId: yuhu,
  providerId: 'op-guyun',
  operatorId: 'op-guyun',
  providerName: { zh: '古韵书院', en: 'Guyun Academy' },
  service: 'leisure',
  title: calligraphyTitle,
  minAgeYears: 6,
  maxAgeYears: 12,
  grossPriceFen: 4_000,
  residentPriceFen: 2_000,
  fundingMode: 'purchased',
};

const session: Session = {
  sessionId: classOnWednesday,
  offeringId: calligraphy,
  centerId: yuhu,
  providerId: 'op-guyun',
  providerName: { zh: '古韵书院', en: 'Guyun Academy' },
  service: 'leisure',
  title: calligraphyTitle,
  date: wednesday,
  startsAt: '16:00',
  endsAt: '17:30',
  capacity: 20,
  placesLeft: 3,
  waiting: 0,
  status: 'open',
  minAgeYears: 6,
  maxAgeYears: 12,
  residentPriceFen: 2_000,
  grossPriceFen: 4_000,
  fundingMode: 'purchased',
  roomId: studio,
};

const booking: Booking = {
  bookingId,
  orderId: order,
  kind: 'session',
  state: 'booked',
  beneficiaryId: daughter,
  beneficiaryName: '陈小雨',
  actorId: mother,
  byStaff: false,
  centerId: yuhu,
  title: calligraphyTitle,
  sessionId: classOnWednesday,
  service: 'leisure',
  date: wednesday,
  startsAt: '16:00',
  endsAt: '17:30',
  residentPriceFen: 2_000,
  shortCode: '000001',
  createdAt: '2026-03-01T02:30:00.000Z',
};

const person: Person = {
  personId: mother,
  name: '林美玲',
  birthDate: '1988-05-20',
  district: '荔城区',
  phoneMasked: '139****0001',
  householdId: 'h0000000000000001',
  version: 7,
};

const household: Household = {
  householdId: 'h0000000000000001',
  name: '陈家',
  members: [
    { personId: mother, name: '林美玲', role: 'adult', birthDate: '1988-05-20', since: '2026-01-05T01:00:00.000Z' },
    { personId: daughter, name: '陈小雨', role: 'child', birthDate: '2018-06-01', since: '2026-01-05T01:05:00.000Z' },
  ],
};

const fairUseRule: FairUseRule = {
  ruleId: 'rooms-week',
  title: { zh: '场地每周免费时长', en: 'Free room hours a week' },
  per: 'household',
  window: 'week',
  of: { kind: 'room' },
  unit: 'hours',
  free: 4,
  beyond: { pricePerHourFen: 3_000 },
  validFrom: '2026-01-01',
  source: '邻里中心场地使用办法，2025-12-15',
};

const roundSummary: RoundSummary = {
  roundId: 'r0000000000000001',
  title: { zh: '春季班抽签', en: 'Spring classes' },
  opensAt: '2026-03-09T01:00:00.000Z',
  closesAt: '2026-03-16T01:00:00.000Z',
  drawsAt: '2026-03-18T01:00:00.000Z',
  phase: 'open',
  centerIds: [yuhu],
  sessionCount: 1,
  groups: [{ groupId: 'low-income', name: { zh: '低保与低收入家庭', en: 'Low-income families' } }],
  seedHash: hash,
};

const roundSession: RoundSession = {
  number: 1,
  sessionId: 'yuhu.op-guyun.calligraphy.20260401t1600',
  centerId: yuhu,
  service: 'leisure',
  title: calligraphyTitle,
  date: '2026-04-01',
  startsAt: '16:00',
  endsAt: '17:30',
  minAgeYears: 6,
  maxAgeYears: 12,
  places: 20,
};

const drawRule = {
  version: '1',
  zh: '先按优先组，再按种子排出的顺序，依次给每份申请第一个还有名额的志愿。',
  en: 'By group, then in the order that the seed gives, each application gets its first wish that still has places.',
};

const rehearsals = {
  kind: 'room' as const,
  roomId: studio,
  startsAt: '14:00',
  endsAt: '16:00',
  purpose: '社区合唱团排练',
  with: [],
};
const weekly: SeriesRule = { dtstart: wednesday, rrule: 'FREQ=WEEKLY;BYDAY=WE;COUNT=2', exdates: [], rdates: [] };

const seriesSummary: SeriesSummary = {
  seriesId: 'q0000000000000001',
  beneficiaryId: mother,
  centerId: yuhu,
  title: room.name,
  target: rehearsals,
  rule: weekly,
  firstDate: wednesday,
  lastDate: '2026-03-11',
  createdAt: '2026-03-01T02:30:00.000Z',
};

const occurrence: SeriesOccurrence = {
  recurrence: wednesday,
  date: wednesday,
  startsAt: '14:00',
  endsAt: '16:00',
  outcome: 'booked',
  bookingId,
  state: 'booked',
  sequence: 0,
};

const sessionBooking = { sessionIds: [classOnWednesday], beneficiaryIds: [daughter] };

/** Examples by the name of a schema. */
export const schemaExamples: Readonly<Record<string, unknown>> = {
  // ids, dates, money
  ApplicationId: 'a0000000000000001',
  BookingId: bookingId,
  CenterId: yuhu,
  ClockTime: '16:00',
  ClosureId: 'x0000000000000001',
  CourtLimitId: 'c0000000000000001',
  Cursor: 'eyJhZnRlciI6IjIwMjYtMDMtMDQifQ',
  DoorKeyId: 'k0000000000000001',
  FeedFile: '0123456789abcdefghjkmnpqrstvwxyz.ics',
  FeedId: 'f0000000000000001',
  Fen: 2_000,
  FundId: 'u0000000000000001',
  GrantId: 'g0000000000000001',
  GroupId: 'low-income',
  HouseholdId: 'h0000000000000001',
  Instant: '2026-03-01T02:30:00.000Z',
  InvitationId: 'i0000000000000001',
  IsoDate: wednesday,
  IsoWeek: '2026-W10',
  Localized: calligraphyTitle,
  MergeId: 'm0000000000000001',
  OfferingId: calligraphy,
  OperatorId: 'op-guyun',
  OrderId: order,
  PassId: 'x0000000000000001',
  PassKindId: 'ten-classes',
  PersonId: daughter,
  PostId: 'j0000000000000001',
  RoomId: studio,
  RoundId: 'r0000000000000001',
  RuleId: 'rooms-week',
  RuleTitle: { zh: '低保与低收入家庭', en: 'Low-income families' },
  SeriesId: 'q0000000000000001',
  SessionId: classOnWednesday,
  TextInBoth: { zh: '春季班抽签', en: 'Spring classes' },
  WaiverId: 'sports',
  // what the city is made of
  Booking: booking,
  Center: center,
  FairUseRule: fairUseRule,
  Household: household,
  NamedPerson: { personId: daughter, name: '陈小雨' },
  Offering: offering,
  Person: person,
  Room: room,
  Session: session,
  DrawRule: drawRule,
  Occurrence: occurrence,
  Round: { ...roundSummary, rule: drawRule, sessions: [roundSession], sessionsSeated: 0 },
  RoundSession: roundSession,
  RoundSummary: roundSummary,
  Series: {
    ...seriesSummary,
    actorId: mother,
    byStaff: false,
    healAfterClosures: false,
    occurrences: [
      occurrence,
      {
        recurrence: '2026-03-11',
        date: '2026-03-11',
        startsAt: '14:00',
        endsAt: '16:00',
        outcome: 'waiting',
        sequence: 0,
      },
    ],
    done: 1,
    of: 2,
    waiting: 1,
    next: false,
  },
  SeriesRule: weekly,
  SeriesSummary: seriesSummary,
  SeriesTarget: rehearsals,
  // what is sent, where a part depends on another
  ApplicationRequest: { childIds: [daughter], wishes: [classOnWednesday], groupId: 'low-income' },
  AttendanceByCode: { code: '000001', to: 'checked-in' },
  CancelRequest: { refundFen: 2_000 },
  ClosureScope: {
    kind: 'resource',
    roomId: studio,
    from: wednesday,
    to: wednesday,
    startsAt: '09:00',
    endsAt: '12:00',
  },
  DeskBookingRequest: { ...sessionBooking, reason },
  EntryCodeAnswer: {
    code: '48151623',
    roomId: studio,
    opensAt: '2026-03-04T05:55:00.000Z',
    closesAt: '2026-03-04T08:05:00.000Z',
  },
  EntryRequest: { code: '48151623' },
  FeedCreate: { kind: 'person', of: daughter },
  Jwks: {
    keys: [
      {
        kty: 'EC',
        crv: 'P-256',
        alg: 'ES256',
        kid: '2026-03',
        x: 'f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU',
        y: 'x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0',
      },
    ],
  },
  OrderConfirm: { amountFen: 2_000 },
  PersonSearchByStaff: { phone: '13900000001', reason },
  PostCreate: { kind: 'center-staff', personId: clerk, centerId: yuhu },
  PostScope: { kind: 'center-staff', centerId: yuhu },
  ProfileChange: { district: '荔城区', school: '玉湖小学' },
  RoomBookingRequest: { date: wednesday, startsAt: '14:00', endsAt: '16:00', purpose: '社区合唱团排练' },
  RoundRequest: {
    title: { zh: '春季班抽签', en: 'Spring classes' },
    opensAt: '2026-03-09T01:00:00Z',
    closesAt: '2026-03-16T01:00:00Z',
    drawsAt: '2026-03-18T01:00:00Z',
    sessionIds: ['yuhu.op-guyun.calligraphy.20260401t1600'],
  },
  SeriesChange: { scope: 'this', recurrence: wednesday, move: { startsAt: '15:00', endsAt: '17:00' } },
  SessionBookingRequest: sessionBooking,
  SignInRequest: { phone: '13900000001', code: '123456' },
  Stretch: { startsAt: '14:00', endsAt: '16:00' },
};

/** Examples by the name of a field, for what has no schema of its own. */
export const fieldExamples: Readonly<Record<string, unknown>> = {
  accessToken: 'eyJhbGciOiJFUzI1NiJ9.eyJzdWIiOiJwMDAwMDAwMDAwMDAwMDAwMSJ9.c2lnbmF0dXJl',
  accessTokenExpiresInSeconds: 900,
  answerWithinHours: 48,
  as: 'guardian',
  bookingId,
  byName: '王芳',
  capacity: 20,
  cardNumber: '350302195005050021',
  code: 'session-full',
  days: 7,
  district: '荔城区',
  documentNumber: '(2026) 闽 0304 民初 1 号',
  en: 'A text in English.',
  expiresInSeconds: 300,
  hash,
  holderPhone: '13900000002',
  inviterName: '林美玲',
  key: 'k0000000000000001.0123456789abcdefghjkmnpqrstvwxyz',
  keepPercent: 50,
  label: '前门',
  month: '2026-03',
  name: '陈小雨',
  names: '陈小雨',
  now: '2026-03-01T02:30:00.000Z',
  number: 1,
  odds: 'good',
  of: yuhu,
  operatorId: 'op-guyun',
  path: '/v1/calendar-feeds/0123456789abcdefghjkmnpqrstvwxyz.ics',
  payer: 'resident',
  phone: '13900000001',
  phoneMasked: '139****0001',
  position: 1,
  providerId: 'op-guyun',
  purpose: '社区合唱团排练',
  reason,
  refreshToken: 'r0000000000000001.0123456789abcdefghjkmnpqrstvwxyz',
  resultHash: hash,
  rrule: 'FREQ=WEEKLY;BYDAY=WE;COUNT=8',
  school: '玉湖小学',
  seed: hash,
  seedHash: hash,
  shortCode: '000001',
  signedName: '林美玲',
  source: '邻里中心场地使用办法，2025-12-15',
  startsAt: '16:00',
  state: 'booked',
  version: 7,
  what: 'profile',
  why: 'session-full',
  zh: '一段中文说明。',
};
