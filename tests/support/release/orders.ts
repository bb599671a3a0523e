import type { Booking } from '../../../shared/contracts/bookings.ts';
import { type CityUnderTest, eventually } from '../city.ts';
import { both, reason, type Story, sessionAt } from './story.ts';

const homework = (date: string) => sessionAt('yuhu.center.homework', date, '16:30');
const morning = (date: string) => sessionAt('yuhu.center.morning', date, '09:00');
const art = (date: string) => sessionAt('yuhu.shiguang.art', date, '13:30');
const dance = (date: string) => sessionAt('yuhu.shiguang.dance', date, '18:30');
const swim = (date: string) => sessionAt('yuhu.center.swim', date, '15:00');
const camp = (date: string) => sessionAt('yuhu.center.summer', date, '10:00');

/** Books one or several into one or several sessions. */
function booker({ hands }: Story) {
  return async (who: string, sessionIds: string[], whom: string[], more: object = {}) =>
    hands.post(who, '/v1/session-bookings', {
      sessionIds,
      beneficiaryIds: whom.map((code) => hands.id(code)),
      ...more,
    });
}

/** Passes and funds, and what each pays for. */
export async function passes(story: Story): Promise<void> {
  const { hands, scene } = story;
  const of = (code: string) => `/v1/people/${hands.id(code)}`;
  const issue = async (whom: string, more: object) =>
    (await hands.post('staff', `${of(whom)}/passes`, { kindId: 'art-ten', reason, ...more })).pass.passId;
  scene['pass'] = await issue('lin-jie', {});
  scene['partPass'] = await issue('chen-er', { inParts: true });
  await hands.post('staff', `${of('chen-er')}/passes/${scene['partPass']}/parts/1/paid`);
  const given = { funder: both('示例教育基金'), amountFen: 20_000, validUntil: '2026-12-31', reason };
  scene['fund'] = (await hands.post('officer', `${of('wang-er')}/funds`, given)).fund.fundId;
  const book = booker(story);
  const byPass = await book('lin', [dance('2026-03-11')], ['lin-jie'], { payWith: { passId: scene['pass'] } });
  scene['paidByPass'] = byPass.bookings[0].bookingId;
  await book('wang', [dance('2026-03-15')], ['wang-er'], { payWith: { fundId: scene['fund'] } });
}

/** Bookings of sessions of every kind, on the first day. */
export async function orders(story: Story): Promise<void> {
  const { hands, scene } = story;
  const book = booker(story);
  const both = await book('lin', [homework('2026-03-10'), homework('2026-03-12')], ['lin-jie', 'lin-di']);
  scene['order'] = both.orderId;
  const places = [
    { sessionId: homework('2026-03-11'), beneficiaryId: hands.id('lin-jie') },
    { sessionId: homework('2026-03-13'), beneficiaryId: hands.id('lin-di') },
  ];
  await hands.post('lin', '/v1/session-bookings/quote', { places });
  scene['booking'] = (await hands.post('lin', '/v1/session-bookings', { places })).bookings[0].bookingId;
  // Whoever comes, does not come, or excuses themselves on the second day.
  for (const [code, whom] of Object.entries({ came: 'lin', left: 'lin-jie', missed: 'lin-di' })) {
    scene[code] = (await book('lin', [morning('2026-03-10')], [whom])).bookings[0].bookingId;
  }
  for (const whom of ['wang', 'chen']) {
    scene[`${whom}Missed`] = (await book(whom, [morning('2026-03-10')], [whom])).bookings[0].bookingId;
  }
  const desk = { sessionIds: [morning('2026-03-11')], beneficiaryIds: [hands.id('card-only')], reason };
  await hands.post('staff', '/v1/centers/yuhu/bookings', desk);
  await book('lin', [dance('2026-03-18')], ['lin-di']);
  await book('zhou', [homework('2026-03-20')], ['baby']);
  await book('wang', [dance('2026-03-22')], ['wang-er']);

  const approve = async (word: 'approve' | 'reject', date: string) => {
    const { orderId } = await book('lin', [swim(date)], ['lin-jie']);
    await hands.post('staff', `/v1/orders/${orderId}/${word}`);
  };
  await approve('approve', '2026-03-12');
  await approve('reject', '2026-03-14');
}

/** Paid before it counts: confirmed, declined; and full sessions with people who wait. */
export async function waiting(story: Story): Promise<void> {
  const { hands, scene } = story;
  const book = booker(story);
  const paid = await book('lin', [art('2026-03-14')], ['lin-jie', 'lin-di']);
  await hands.post('lin', `/v1/orders/${paid.orderId}/confirm`, { amountFen: 4_500 });
  const declined = await book('wang', [art('2026-03-18')], ['wang-er']);
  await hands.post('wang', `/v1/orders/${declined.orderId}/decline`);
  // Nobody pays for this one: it lapses.
  await book('wang', [art('2026-03-21')], ['wang-er']);
  const wait = { ifFull: 'wait' };
  // The one place of each of these is taken: by the pass, and by money.
  await book('wang', [dance('2026-03-11')], ['wang-er'], wait);
  await book('zhou', [dance('2026-03-11')], ['baby'], wait);
  await book('chen', [dance('2026-03-18')], ['chen-er'], { ...wait, payWith: { passId: scene['partPass'] } });
  await book('zhou', [dance('2026-03-18')], ['baby'], wait);
  await hands.post('zhou', `/v1/people/${hands.id('baby')}/waiting/${dance('2026-03-18')}/leave`);
  await book('chen', [dance('2026-03-22')], ['chen-er'], wait);
}

const round = (sessionIds: string[], closesAt: string, drawsAt: string) => ({
  title: both('周末营报名'),
  opensAt: '2026-03-01T00:00:00Z',
  closesAt,
  drawsAt,
  sessionIds,
  groups: [{ groupId: 'low-income', name: both('低收入家庭') }],
});

/** A round that is drawn on the second day, and one that is open then. */
export async function rounds({ hands, scene }: Story): Promise<void> {
  const open = async (body: object) => (await hands.post('officer', '/v1/rounds', body)).round.roundId;
  const weekend = [camp('2026-03-14'), camp('2026-03-21')];
  scene['drawnRound'] = await open(round(weekend, '2026-03-08T00:00:00Z', '2026-03-09T00:00:00Z'));
  scene['openRound'] = await open(round([camp('2026-03-28')], '2026-03-20T00:00:00Z', '2026-03-21T00:00:00Z'));
  const apply = async (who: string, whom: string[], wishes: string[], roundId: string, groupId?: string) => {
    const body = { childIds: whom.map((code) => hands.id(code)), wishes, ...(groupId ? { groupId } : {}) };
    return (await hands.post(who, `/v1/rounds/${roundId}/applications`, body)).application.applicationId;
  };
  const drawn = scene['drawnRound'] ?? '';
  await apply('lin', ['lin-jie', 'lin-di'], weekend, drawn);
  const claimed = await apply('chen', ['chen-er'], weekend, drawn, 'low-income');
  const claims = `/v1/rounds/${drawn}/claims`;
  await hands.post('staff', `${claims}/${claimed}`, { groupId: 'low-income', confirmed: true });
  const mine = await apply('wang', ['wang-er'], weekend, drawn);
  await hands.post('wang', `/v1/rounds/${drawn}/applications/${mine}/change`, { wishes: weekend.slice(1) });
  const gone = await apply('zhou', ['baby'], weekend, drawn);
  await hands.post('zhou', `/v1/rounds/${drawn}/applications/${gone}/withdraw`);
  const later = scene['openRound'] ?? '';
  scene['application'] = await apply('zhou', ['baby'], [camp('2026-03-28')], later, 'low-income');
}

/** The second day: the draw, the desk, a door, offers from the waitlist, what is held and not answered yet. */
export async function secondDay(story: Story): Promise<void> {
  const { city, hands, scene } = story;
  const book = booker(story);
  await settledRound(city, story);

  const attend = (sessionId: string, whom: string, to: string) =>
    hands.post('staff', '/v1/centers/yuhu/attendance', { sessionId, personId: hands.id(whom), to });
  const today = morning('2026-03-10');
  await attend(today, 'lin', 'checked-in');
  await hands.post('staff', '/v1/centers/yuhu/attendance/by-code', { code: scene['left'] });
  await attend(today, 'lin-jie', 'checked-out');
  for (const whom of ['lin-di', 'wang', 'chen']) await attend(today, whom, 'no-show');
  const of = (code: string) => `/v1/people/${hands.id(code)}`;
  for (const [who, whom, bookingId] of [
    ['lin', 'lin-di', scene['missed']],
    ['wang', 'wang', scene['wangMissed']],
    ['chen', 'chen', scene['chenMissed']],
  ] as const) {
    const path = `${of(whom)}/no-shows/${bookingId}`;
    await hands.post(who, `${path}/appeal`, { reason: '当天发烧' });
    if (whom !== 'wang') await hands.post('staff', `${path}/decision`, { accept: whom === 'lin-di', reason });
  }

  const { code } = await hands.get('elder', `${of('elder')}/bookings/${scene['room']}/entry-code`);
  const door = '/v1/doors/yuhu.hall/entries';
  const lock = { authorization: `Bearer ${scene['doorKey']}` };
  const wrong = await hands.ask(undefined, 'POST', door, { code: '00000000' }, lock);
  if (wrong.body.code !== 'entry-refused') throw new Error(`a wrong code: ${wrong.text}`);
  await hands.do(undefined, 'POST', door, { code }, lock);

  // Who had the one place of each cancels: the first in line is offered it. One offer is accepted, the other one waits.
  await hands.post('lin', `${of('lin-jie')}/bookings/${scene['paidByPass']}/cancel`);
  scene['offer'] = await offerTo(story, 'wang', 'wang-er', dance('2026-03-11'));
  const mine: Booking[] = (await hands.get('lin', '/v1/bookings')).bookings;
  const placeOf18 = mine.find(({ sessionId }) => sessionId === dance('2026-03-18'));
  await hands.post('lin', `${of('lin-di')}/bookings/${placeOf18?.bookingId}/cancel`);
  const accepted = await offerTo(story, 'chen', 'chen-er', dance('2026-03-18'));
  await hands.post('chen', `/v1/orders/${accepted}/confirm`, {});

  scene['paymentHold'] = (await book('zhou', [art('2026-03-18')], ['baby'])).orderId;
  scene['approvalHold'] = (await book('lin', [swim('2026-03-24')], ['lin-di'])).orderId;
}

/** The order that offers somebody of one’s own a place in the session. */
const offerTo = ({ hands }: Story, who: string, whom: string, sessionId: string): Promise<string> =>
  eventually(`an offer to ${whom}`, 30_000, async () => {
    const { bookings } = (await hands.ask(who, 'GET', '/v1/bookings')).body;
    const offered = (bookings as Booking[]).find(
      (one) => one.heldFor === 'offer' && one.beneficiaryId === hands.id(whom) && one.sessionId === sessionId,
    );
    return offered?.orderId;
  });

/** The draw is carried out, winners are seated and told. */
async function settledRound(city: CityUnderTest, { hands, scene }: Story): Promise<void> {
  await eventually('the draw', 60_000, async () => {
    await city.fireSchedule('rounds-schedule');
    const { body } = await hands.ask(undefined, 'GET', `/v1/rounds/${scene['drawnRound']}`);
    return body.round.phase === 'settled' ? true : undefined;
  });
}
