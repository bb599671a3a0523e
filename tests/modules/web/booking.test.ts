import { describe, expect, it } from 'vitest';
import type { Session } from '../../../shared/contracts/sessions.ts';
import { ticketsIn, ticketsOf } from '../../../web/src/entities/bookings/slip-address.ts';
import { whyNotPerson, whyNotSession } from '../../../web/src/entities/sessions/booking-rules.ts';
import { endOf, possibleDurations } from '../../../web/src/features/rooms/durations.ts';

const session: Session = {
  sessionId: 'yuhu.center.class.20260305t1630',
  offeringId: 'yuhu.center.class',
  centerId: 'yuhu',
  providerId: 'center',
  providerName: { zh: '中心', en: 'Center' },
  service: 'childcare',
  title: { zh: '课', en: 'Class' },
  date: '2026-03-05',
  startsAt: '16:30',
  endsAt: '18:00',
  capacity: 20,
  placesLeft: 1,
  waiting: 0,
  status: 'open',
  minAgeYears: 6,
  maxAgeYears: 12,
  residentPriceFen: 0,
  grossPriceFen: 0,
  fundingMode: 'welfare',
};
const bornOn = (birthDate?: string) => ({
  personId: 'p0000000000000001',
  name: '小满',
  as: 'guardian' as const,
  ...(birthDate ? { birthDate } : {}),
});
const now = { date: '2026-03-04', minutes: 9 * 60 };

describe('before asking the server', () => {
  it('counts ages on the day of the session', () => {
    expect(whyNotPerson(bornOn('2020-03-05'), session)).toBeUndefined();
    expect(whyNotPerson(bornOn('2020-03-06'), session)).toBe('age');
    expect(whyNotPerson(bornOn('2013-03-05'), session)).toBe('age');
    expect(whyNotPerson(bornOn(), session)).toBe('birth-date-missing');
  });

  it('says why a session cannot be booked for a party', () => {
    expect(whyNotSession(session, 1, now)).toBeUndefined();
    expect(whyNotSession(session, 2, now)).toBe('few');
    expect(whyNotSession({ ...session, placesLeft: 0 }, 1, now)).toBe('full');
    expect(whyNotSession({ ...session, status: 'closed' }, 1, now)).toBe('closed');
    expect(whyNotSession(session, 1, { date: '2026-03-05', minutes: 16 * 60 + 30 })).toBe('started');
  });
});

describe('how long a room can be had', () => {
  const free = ['09:00', '09:15', '09:30', '10:00', '23:45'];

  it('is as long as each quarter-hour is free', () => {
    expect(possibleDurations(free, '09:00', 120)).toEqual([15, 30, 45]);
    expect(possibleDurations(free, '09:45', 120)).toEqual([]);
  });

  it('is never longer than the room allows', () => {
    expect(possibleDurations(free, '09:00', 30)).toEqual([15, 30]);
  });

  it('ends with the day', () => {
    expect(possibleDurations(free, '23:45', 120)).toEqual([15]);
    expect(endOf('23:45', 15)).toBe('24:00');
  });
});

describe('the address of a slip', () => {
  it('names its bookings and nothing else', () => {
    const bookings = [
      { beneficiaryId: 'p0000000000000001', bookingId: '20260305-0000000000001' },
      { beneficiaryId: 'p0000000000000002', bookingId: '20260305-0000000000002' },
    ];
    expect(ticketsIn(ticketsOf(bookings))).toEqual(
      bookings.map(({ beneficiaryId, bookingId }) => ({ personId: beneficiaryId, bookingId })),
    );
    expect(ticketsIn('x,~,a~b~c')).toEqual([]);
  });
});
