import type { Booking } from '../../../shared/contracts/bookings.ts';
import { eventually } from '../city.ts';
import { both, reason, type Story, sessionAt } from './story.ts';

/** What the city and its centers set: rules, kinds of pass, waivers, keys of doors. */
export async function houseRules({ hands, scene }: Story): Promise<void> {
  const { version: _, ...rules } = (await hands.get(undefined, '/v1/rules')).rules;
  await hands.change('officer', 'PUT', '/v1/rules', { ...rules, sessionDaysAhead: 50 });
  const { kinds } = await hands.get(undefined, '/v1/pass-kinds');
  const five = { kindId: 'five', title: both('五次卡'), units: 5, validDays: 90, priceFen: 10_000 };
  await hands.change('officer', 'PUT', '/v1/pass-kinds', { kinds: [...kinds, five] });

  const waiver = { waiverId: 'care', title: both('看护同意书'), text: both('请看护好孩子。') };
  await hands.post('officer', '/v1/waivers', { ...waiver, replaces: 0 });
  await hands.post('officer', '/v1/waivers', { ...waiver, waiverId: 'photos', replaces: 0 });
  await hands.do('staff', 'PUT', '/v1/waivers/care/offerings/yuhu.center.morning', { asked: true });
  const sign = (who: string, whom: string, waiverId: string) =>
    hands.post(who, `/v1/people/${hands.id(whom)}/waivers/${waiverId}/sign`, { version: 1, signedName: '林晚晴' });
  for (const whom of ['lin', 'lin-jie', 'lin-di']) await sign('lin', whom, 'care');
  await sign('lin', 'lin-jie', 'photos');
  await hands.post('officer', '/v1/waivers', {
    ...waiver,
    waiverId: 'photos',
    text: both('照片只作留念。'),
    replaces: 1,
  });

  for (const label of ['正门', '侧门']) {
    const { keyId, key } = await hands.post('staff', '/v1/doors/yuhu.hall/keys', { label });
    if (label === '正门') Object.assign(scene, { doorKey: key, doorKeyId: keyId });
    else await hands.post('staff', `/v1/doors/yuhu.hall/keys/${keyId}/revoke`);
  }
}

/** Rooms: with equipment, within and beyond the free hours, for an organization, waiting for approval, canceled. */
export async function rooms({ hands, scene }: Story): Promise<void> {
  const book = async (who: string, room: string, date: string, startsAt: string, endsAt: string, more: object = {}) => {
    const body = { date, startsAt, endsAt, purpose: '排练', ...more };
    return (await hands.post(who, `/v1/rooms/yuhu.${room}/bookings`, body)).booking;
  };
  scene['room'] = (await book('elder', 'hall', '2026-03-10', '09:30', '10:30', { with: ['yuhu.piano'] })).bookingId;
  await book('lin', 'hall', '2026-03-05', '10:00', '12:00');
  scene['pricedRoom'] = (await book('lin', 'hall', '2026-03-06', '10:00', '13:00')).bookingId;
  scene['canceledRoom'] = (await book('lin', 'studio', '2026-03-12', '10:00', '11:00')).bookingId;
  await hands.post('lin', `/v1/people/${hands.id('lin')}/bookings/${scene['canceledRoom']}/cancel`);
  const forShiguang = { organizationId: 'shiguang' };
  scene['organizationRoom'] = (await book('operator', 'studio', '2026-03-13', '14:00', '16:00', forShiguang)).bookingId;
  const rehearsal = { offeringId: 'yuhu.center.rehearsal', beneficiaryId: hands.id('chen-er') };
  scene['heldRoom'] = (await book('chen', 'studio', '2026-03-11', '14:00', '15:00', rehearsal)).orderId;
  // On the days of the closures to come.
  scene['closedRoom'] = (await book('wang', 'hall', '2026-03-16', '10:00', '11:00')).bookingId;
  await book('chen', 'hall', '2026-03-17', '10:00', '11:00');
  await book('zhou', 'hall', '2026-03-18', '10:00', '11:00');
}

/** Who fetches what on a calendar. */
export async function feeds({ hands, scene }: Story): Promise<void> {
  scene['feed'] = (await hands.post('lin', '/v1/calendar-feeds', { kind: 'circle' })).path;
  scene['roomFeed'] = (await hands.post('staff', '/v1/calendar-feeds', { kind: 'room', of: 'yuhu.hall' })).path;
  const ended = await hands.post('lin', '/v1/calendar-feeds', { kind: 'person', of: hands.id('lin-jie') });
  await hands.post('lin', `/v1/calendar-feeds/${ended.feedId}/revoke`);
}

/** Series of a room and of a class, with changes of each kind; one that waits for approval. */
export async function series({ hands, scene }: Story): Promise<void> {
  const make = async (who: string, body: object) => (await hands.post(who, '/v1/series', body)).series.seriesId;
  const room = { kind: 'room', roomId: 'xiuyu.hall', startsAt: '10:00', endsAt: '11:00', purpose: '合唱' };
  const weekly = {
    dtstart: '2026-03-03',
    rrule: 'FREQ=WEEKLY;COUNT=12',
    exdates: ['2026-03-24'],
    rdates: ['2026-03-06'],
  };
  const choir = { target: room, rule: weekly, healAfterClosures: true };
  await hands.post('zhou', '/v1/series/preview', choir);
  scene['series'] = await make('zhou', choir);
  const path = `/v1/series/${scene['series']}`;
  const change = (body: object) => hands.do('zhou', 'PATCH', path, body);
  await hands.post('zhou', `${path}/preview`, { scope: 'this', recurrence: '2026-03-17', move: { startsAt: '14:00' } });
  await change({ scope: 'this', recurrence: '2026-03-17', move: { startsAt: '14:00', endsAt: '15:00' } });
  await change({ scope: 'this', recurrence: '2026-03-31', cancel: true });
  await change({ scope: 'this', recurrence: '2026-04-07', purpose: '试唱' });
  await change({ scope: 'this-and-following', recurrence: '2026-04-14', move: { startsAt: '15:00', endsAt: '16:00' } });
  await hands.post('zhou', `${path}/continue`);
  const classes = { kind: 'sessions', offeringId: 'yuhu.center.homework', startsAt: '16:30' };
  const mondays = { dtstart: '2026-03-09', rrule: 'FREQ=WEEKLY;BYDAY=MO,WE;COUNT=8' };
  scene['classSeries'] = await make('chen', { target: classes, beneficiaryId: hands.id('chen-er'), rule: mondays });
  const held = {
    ...room,
    roomId: 'yuhu.studio',
    startsAt: '19:00',
    endsAt: '20:00',
    offeringId: 'yuhu.center.rehearsal',
  };
  scene['heldSeries'] = await make('wang', {
    target: held,
    rule: { dtstart: '2026-03-12', rrule: 'FREQ=WEEKLY;COUNT=3' },
  });
  await make('staff', {
    target: { ...room, roomId: 'yuhu.studio', startsAt: '08:00', endsAt: '09:00' },
    beneficiaryId: hands.id('elder'),
    rule: { dtstart: '2026-03-04', rrule: 'FREQ=DAILY;COUNT=3' },
    reason,
  });
}

/** Closures of a hall, of one session, of a whole day, and one that is lifted again. One who was moved says yes. */
export async function closures({ hands, scene }: Story): Promise<void> {
  const close = async (what: object): Promise<string> => {
    await hands.post('staff', '/v1/centers/yuhu/closures/preview', { what });
    const body = { what, reason: both('水管检修'), answerWithinHours: 336 };
    return (await hands.post('staff', '/v1/centers/yuhu/closures', body)).closure.closureId;
  };
  const hall = (from: string, to = from) => ({ kind: 'resource', roomId: 'yuhu.hall', from, to });
  scene['closure'] = await close(hall('2026-03-16', '2026-03-17'));
  const lifted = await close(hall('2026-03-18'));
  await hands.post('staff', `/v1/centers/yuhu/closures/${lifted}/lift`);
  const offered = await eventually('a place instead', 30_000, async () => {
    const { bookings } = (await hands.ask('chen', 'GET', '/v1/bookings')).body;
    return (bookings as Booking[]).find(({ heldFor, kind }) => heldFor === 'offer' && kind === 'room')?.orderId;
  });
  await hands.post('chen', `/v1/orders/${offered}/confirm`, {});
  const dance = sessionAt('yuhu.shiguang.dance', '2026-03-22', '18:30');
  scene['sessionClosure'] = await close({ kind: 'session', sessionId: dance });
  scene['dayClosure'] = await close({ kind: 'day', from: '2026-03-20', to: '2026-03-20' });
}
