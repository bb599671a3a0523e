import { expect, test } from 'vitest';
import type { ClosurePreview, ClosureScope } from '../../../shared/contracts/closures.ts';
import { people, room, session, someone, storedSession } from '../../support/builders.ts';
import { resident } from '../../support/residents.ts';
import {
  addsUp,
  bookRoom,
  bookSession,
  city,
  closed,
  inCentersOfTheirOwn,
  messagesSent,
  minutePasses,
  queueUp,
  reportOf,
  untilDone,
} from './support.ts';

const DAY = '2026-03-06';
const NEXT_DAY = '2026-03-07';
const LATER = '2026-03-10';

const here = inCentersOfTheirOwn('kind', '种');

/**
 * A center where everything that can be closed is booked on a day: a hall, a class with its teacher in another room, a clinician; a pair
 * waits for the class. What is like each of them is free on a later day, the hall's like at the same time.
 */
async function busyDay() {
  const [hall, classroom] = [
    await room(here.own, 'hall', { seats: 40 }),
    await room(here.own, 'classroom', { seats: 30 }),
  ];
  await room(here.own, 'hall-2', { seats: 40 });
  const teacher = await room(here.own, 'teacher-lin', { kind: 'teacher', bookable: false });
  const clinician = await room(here.own, 'doctor-chen', { kind: 'clinician', name: { zh: '陈医生', en: 'Dr Chen' } });
  const taught = await session(here.own, DAY, {
    roomId: classroom,
    with: [teacher],
    capacity: 2,
    residentPriceFen: 1000,
  });
  const again = await session(here.own, LATER, { capacity: 2, residentPriceFen: 1000 });
  const [sister, brother, next] = await people(3);
  if (!sister || !brother || !next) throw new Error('three people');
  const mother = await someone({ guardianOf: [sister, brother] });
  expect((await bookSession(mother, taught, sister, brother)).status).toBe(201);
  expect((await queueUp(next, taught)).status).toBe(201);
  expect((await bookRoom(await resident(), hall, DAY, '09:00', '11:00')).status).toBe(201);
  expect((await bookRoom(await resident(), clinician, DAY, '10:00', '10:30')).status).toBe(201);
  expect((await bookRoom(await resident(), hall, NEXT_DAY, '09:00', '10:00')).status).toBe(201);
  await minutePasses();
  await messagesSent();
  return { hall, classroom, teacher, clinician, taught, again };
}

type City = Awaited<ReturnType<typeof busyDay>>;
const resource = (roomId: string): ClosureScope => ({ kind: 'resource', roomId, from: DAY, to: DAY });

/** By kind: what is closed, how many bookings and waits it meets, how many messages that is, and the places that are kept instead. */
const kinds: [
  string,
  (at: City) => ClosureScope,
  { affected: number; inLine: number; told: number; places: string[] },
][] = [
  ['a room', ({ hall }) => resource(hall), { affected: 1, inLine: 0, told: 1, places: ['hall-2 06T09:00'] }],
  [
    'a room in which a class is held',
    ({ classroom }) => resource(classroom),
    { affected: 2, inLine: 1, told: 2, places: ['class 10T16:30', 'class 10T16:30'] },
  ],
  [
    'a day',
    () => ({ kind: 'day', from: DAY, to: DAY }),
    {
      affected: 4,
      inLine: 1,
      told: 4,
      places: ['class 10T16:30', 'class 10T16:30', 'doctor-chen 07T10:00', 'hall-2 07T09:00'],
    },
  ],
  [
    'a center, for days',
    () => ({ kind: 'day', from: DAY, to: NEXT_DAY }),
    {
      affected: 5,
      inLine: 1,
      told: 5,
      places: ['class 10T16:30', 'class 10T16:30', 'doctor-chen 05T10:00', 'hall 05T09:00', 'hall 08T09:00'],
    },
  ],
  [
    'a teacher',
    ({ teacher }) => resource(teacher),
    { affected: 2, inLine: 1, told: 2, places: ['class 10T16:30', 'class 10T16:30'] },
  ],
  [
    'a clinician',
    ({ clinician }) => resource(clinician),
    { affected: 1, inLine: 0, told: 1, places: ['doctor-chen 07T10:00'] },
  ],
];

test.each(kinds)(
  'A13: %s is closed: who is affected is listed, each has an equal place, the report adds up',
  async (_, whatOf, expected) => {
    const at = await busyDay();
    const what = whatOf(at);
    const placeOf = (place: { roomId?: string | undefined; date: string; startsAt: string } | undefined) =>
      place && `${place.roomId?.split('.')[1] ?? 'class'} ${place.date.slice(8)}T${place.startsAt}`;
    const shown = (await city.post(`/v1/centers/${here.own}/closures/preview`, { as: here.staff, body: { what } }))
      .body as ClosurePreview;
    expect(shown.totals).toMatchObject({ affected: expected.affected, inLine: expected.inLine, refunds: 0 });
    expect(shown.affected.map(({ place }) => placeOf(place)).sort()).toEqual(expected.places);

    const closure = await closed(here.staff, here.own, what);
    await untilDone(here.staff, closure);
    await minutePasses();
    const report = await reportOf(here.staff, closure);
    expect(report.totals).toMatchObject({ affected: expected.affected, offered: expected.affected });
    expect(report.lineTotals).toMatchObject({ inLine: expected.inLine, ended: expected.inLine });
    expect(addsUp(report)).toBe(true);
    expect(report.rows.map(({ offer }) => placeOf(offer)).sort()).toEqual(expected.places);
    const messages = (await messagesSent()).filter(({ kind }) => String(kind).startsWith('closure'));
    expect(messages).toHaveLength(expected.told);
    expect((await storedSession(at.taught)).status).toBe(expected.inLine > 0 ? 'closed' : 'open');
  },
);
