import { randomId } from '../../../shared/kernel/ids.ts';
import { offering } from '../../support/builders.ts';
import type { CityUnderTest } from '../../support/city.ts';
import { newCardNumber, newPhone } from '../../support/residents.ts';
import {
  applied,
  appointed,
  automated,
  bookedPlace,
  held,
  inLine,
  invited,
  limited,
  merged,
  missed,
  type Officials,
  openedRound,
  roundOverOneSession,
  type Scene,
  TODAY,
  TOMORROW,
  trusted,
} from './scene.ts';
import { madeSeries, seriesRequestOf } from './series-made.ts';

export type Request = { readonly path: string; readonly body?: unknown; readonly ifMatch?: string };
export type Stage = { readonly city: CityUnderTest; readonly scene: Scene; readonly officials: Officials };

const reason = '电话核实';

/**
 * For every route one request that means something: it is about the child, the center, the operator of the scene, and does what the
 * route is for when the right person sends it.
 */
export const requests: Readonly<Record<string, (stage: Stage) => Request | Promise<Request>>> = {
  'GET /v1/openapi.json': () => ({ path: '/v1/openapi.json' }),
  'GET /v1/health': () => ({ path: '/v1/health' }),
  'GET /.well-known/jwks.json': () => ({ path: '/.well-known/jwks.json' }),
  'POST /v1/sign-in/codes': () => ({ path: '/v1/sign-in/codes', body: { phone: newPhone() } }),
  'POST /v1/sign-in': () => ({ path: '/v1/sign-in', body: { phone: newPhone(), code: '123456' } }),
  'POST /v1/sign-in/service': ({ scene }) => ({
    path: '/v1/sign-in/service',
    body: { accountId: scene.newcomer.personId, key: 'none of ours' },
  }),
  'POST /v1/sign-in/refresh': () => ({ path: '/v1/sign-in/refresh', body: { refreshToken: 'none of ours' } }),
  'POST /v1/sign-out': () => ({ path: '/v1/sign-out', body: {} }),

  'GET /v1/me': () => ({ path: '/v1/me' }),
  'POST /v1/people': () => ({
    path: '/v1/people',
    body: { name: '郑阿公', cardNumber: newCardNumber('1941-03-07'), reason },
  }),
  'POST /v1/people/search': ({ scene }) => ({
    path: '/v1/people/search',
    body: { phone: scene.guardian.phone, reason },
  }),
  'GET /v1/people/{personId}': ({ scene }) => ({
    path: `/v1/people/${scene.child.personId}?reason=${encodeURIComponent(reason)}`,
  }),
  'PATCH /v1/people/{personId}': ({ scene }) => ({
    path: `/v1/people/${scene.child.personId}`,
    body: { district: '荔城区' },
    ifMatch: '"1"',
  }),
  'POST /v1/people/{personId}/confirmed': ({ scene }) => ({
    path: `/v1/people/${scene.child.personId}/confirmed`,
    body: { groupId: 'low-income', member: true, reason },
  }),
  'GET /v1/people/{personId}/reads': ({ scene }) => ({ path: `/v1/people/${scene.child.personId}/reads` }),
  'GET /v1/people/{personId}/grants': ({ scene }) => ({ path: `/v1/people/${scene.child.personId}/grants` }),
  'POST /v1/grants': ({ scene }) => ({
    path: '/v1/grants',
    body: { kind: 'proxy', subjectId: scene.child.personId, holderPhone: scene.stranger.phone },
  }),
  'POST /v1/people/{personId}/grants/{grantId}/end': ({ scene }) => ({
    path: `/v1/people/${scene.child.personId}/grants/${scene.grantId}/end`,
  }),
  'PATCH /v1/people/{personId}/grants/{grantId}': async ({ city, scene }) => ({
    path: `/v1/people/${scene.child.personId}/grants/${await trusted(city, scene)}`,
    body: { rights: ['pickup'] },
  }),
  'GET /v1/people/{personId}/limits': ({ scene }) => ({
    path: `/v1/people/${scene.child.personId}/limits?reason=${encodeURIComponent(reason)}`,
  }),
  'POST /v1/people/{personId}/limits': ({ scene }) => ({
    path: `/v1/people/${scene.child.personId}/limits`,
    body: { adultId: scene.guardian.personId, reason, documentNumber: '12' },
  }),
  'POST /v1/people/{personId}/limits/{limitId}/lift': async ({ city, scene, officials }) => ({
    path: `/v1/people/${scene.child.personId}/limits/${await limited(city, scene, officials.admin)}/lift`,
    body: { reason, documentNumber: '13' },
  }),

  'POST /v1/households': () => ({ path: '/v1/households', body: { name: '新家' } }),
  'GET /v1/households/{householdId}': ({ scene }) => ({ path: `/v1/households/${scene.householdId}` }),
  'POST /v1/households/{householdId}/members': ({ scene }) => ({
    path: `/v1/households/${scene.householdId}/members`,
    body: { name: '弟弟', birthDate: '2022-02-02', role: 'child' },
  }),
  'POST /v1/households/{householdId}/invitations': ({ scene }) => ({
    path: `/v1/households/${scene.householdId}/invitations`,
    body: { phone: newPhone() },
  }),
  'POST /v1/households/{householdId}/leave': ({ scene }) => ({ path: `/v1/households/${scene.householdId}/leave` }),
  'POST /v1/households/{householdId}/merges/{mergeId}/undo': async ({ city, scene }) => ({
    path: `/v1/households/${scene.householdId}/merges/${await merged(city, scene)}/undo`,
  }),
  'GET /v1/invitations': () => ({ path: '/v1/invitations' }),
  'POST /v1/invitations/{invitationId}/accept': async ({ city, scene }) => ({
    path: `/v1/invitations/${await invited(city, scene)}/accept`,
  }),
  'POST /v1/invitations/{invitationId}/decline': async ({ city, scene }) => ({
    path: `/v1/invitations/${await invited(city, scene)}/decline`,
  }),
  'POST /v1/invitations/{invitationId}/withdraw': async ({ city, scene }) => ({
    path: `/v1/invitations/${await invited(city, scene)}/withdraw`,
  }),

  'POST /v1/posts': ({ scene }) => ({
    path: '/v1/posts',
    body: { kind: 'center-staff', personId: scene.newcomer.personId, centerId: 'yuhu' },
  }),
  'GET /v1/posts': () => ({ path: '/v1/posts?kind=center-staff&of=yuhu' }),
  'POST /v1/people/{personId}/posts/{postId}/end': async ({ city, scene, officials }) => ({
    path: `/v1/people/${scene.newcomer.personId}/posts/${await appointed(scene, officials.admin, city)}/end`,
  }),

  'POST /v1/service-accounts': () => ({
    path: '/v1/service-accounts',
    body: { name: '数据平台', post: { kind: 'center-staff', centerId: 'yuhu' } },
  }),
  'GET /v1/service-accounts': () => ({ path: '/v1/service-accounts?kind=center-staff&of=yuhu' }),
  'POST /v1/service-accounts/{accountId}/rotate': async ({ city, officials }) => ({
    path: `/v1/service-accounts/${await automated(officials.admin, city)}/rotate`,
  }),
  'POST /v1/service-accounts/{accountId}/end': async ({ city, officials }) => ({
    path: `/v1/service-accounts/${await automated(officials.admin, city)}/end`,
  }),

  'GET /v1/centers': () => ({ path: '/v1/centers' }),
  'GET /v1/centers/{centerId}': () => ({ path: '/v1/centers/yuhu' }),
  'GET /v1/centers/{centerId}/opening': () => ({ path: `/v1/centers/yuhu/opening?from=${TODAY}` }),
  'GET /v1/rooms/{roomId}/availability': ({ scene }) => ({
    path: `/v1/rooms/${scene.roomId}/availability?from=${TODAY}`,
  }),
  'GET /v1/centers/{centerId}/rooms-week': () => ({ path: '/v1/centers/yuhu/rooms-week?week=2026-W10' }),
  'POST /v1/rooms/{roomId}/bookings': ({ scene }) => ({
    path: `/v1/rooms/${scene.roomId}/bookings`,
    body: {
      date: TOMORROW,
      startsAt: '10:00',
      endsAt: '11:00',
      purpose: '练琴',
      beneficiaryId: scene.child.personId,
    },
  }),
  'GET /v1/centers/{centerId}/sessions': () => ({ path: `/v1/centers/yuhu/sessions?from=${TODAY}` }),
  'GET /v1/sessions/{sessionId}': ({ scene }) => ({ path: `/v1/sessions/${scene.sessionId}` }),
  'POST /v1/session-bookings': ({ scene }) => ({
    path: '/v1/session-bookings',
    body: { sessionIds: [scene.sessionId], beneficiaryIds: [scene.child.personId] },
  }),

  'GET /v1/waiting': () => ({ path: '/v1/waiting' }),
  'POST /v1/people/{personId}/waiting/{sessionId}/leave': async ({ city, scene }) => ({
    path: `/v1/people/${scene.child.personId}/waiting/${await inLine(city, scene)}/leave`,
  }),
  'GET /v1/sessions/{sessionId}/waiting-decisions': ({ scene }) => ({
    path: `/v1/sessions/${scene.sessionId}/waiting-decisions`,
  }),
  'GET /v1/people/{personId}/standing': ({ scene }) => ({ path: `/v1/people/${scene.child.personId}/standing` }),
  'POST /v1/people/{personId}/no-shows/{bookingId}/appeal': async ({ city, scene, officials }) => ({
    path: `/v1/people/${scene.child.personId}/no-shows/${await missed(city, scene, officials.staff)}/appeal`,
    body: { reason },
  }),
  'POST /v1/people/{personId}/no-shows/{bookingId}/decision': async ({ city, scene, officials }) => ({
    path: `/v1/people/${scene.child.personId}/no-shows/${await missed(city, scene, officials.staff)}/decision`,
    body: { accept: true, reason },
  }),
  'GET /v1/centers/{centerId}/no-show-appeals': () => ({ path: '/v1/centers/yuhu/no-show-appeals' }),
  'GET /v1/orders/{orderId}': async ({ city, scene }) => ({
    path: `/v1/orders/${await held(city, scene, { payment: { withinMinutes: 10 } })}`,
  }),
  'POST /v1/orders/{orderId}/confirm': async ({ city, scene }) => ({
    path: `/v1/orders/${await held(city, scene, { payment: { withinMinutes: 10 } })}/confirm`,
    body: { amountFen: 1_000 },
  }),
  'POST /v1/orders/{orderId}/decline': async ({ city, scene }) => ({
    path: `/v1/orders/${await held(city, scene, { payment: { withinMinutes: 10 } })}/decline`,
  }),
  'POST /v1/orders/{orderId}/approve': async ({ city, scene }) => ({
    path: `/v1/orders/${await held(city, scene, { approval: { withinHours: 5 } })}/approve`,
  }),
  'POST /v1/orders/{orderId}/reject': async ({ city, scene }) => ({
    path: `/v1/orders/${await held(city, scene, { approval: { withinHours: 5 } })}/reject`,
  }),
  'GET /v1/centers/{centerId}/approvals': () => ({ path: '/v1/centers/yuhu/approvals' }),
  'POST /v1/session-bookings/quote': ({ scene }) => ({
    path: '/v1/session-bookings/quote',
    body: { sessionIds: [scene.sessionId], beneficiaryIds: [scene.child.personId] },
  }),

  'POST /v1/series/preview': ({ scene }) => ({ path: '/v1/series/preview', body: seriesRequestOf(scene) }),
  'POST /v1/series': ({ scene }) => ({ path: '/v1/series', body: seriesRequestOf(scene) }),
  'GET /v1/series': () => ({ path: '/v1/series' }),
  'GET /v1/series/{seriesId}': async ({ city, scene }) => ({ path: `/v1/series/${await madeSeries(city, scene)}` }),
  'POST /v1/series/{seriesId}/continue': async ({ city, scene }) => ({
    path: `/v1/series/${await madeSeries(city, scene)}/continue`,
  }),
  'POST /v1/series/{seriesId}/preview': async ({ city, scene }) => ({
    path: `/v1/series/${await madeSeries(city, scene)}/preview`,
    body: { scope: 'all', move: { startsAt: '13:00' } },
  }),
  'PATCH /v1/series/{seriesId}': async ({ city, scene }) => ({
    path: `/v1/series/${await madeSeries(city, scene)}`,
    body: { scope: 'all', purpose: '合奏' },
  }),

  'GET /v1/rounds': () => ({ path: '/v1/rounds' }),
  'GET /v1/rounds/{roundId}': (stage) => aboutRound(stage, ''),
  'GET /v1/rounds/{roundId}/publication': (stage) => aboutRound(stage, '/publication'),
  'POST /v1/rounds': async () => ({ path: '/v1/rounds', body: await roundOverOneSession() }),
  'GET /v1/rounds/{roundId}/applications': (stage) => aboutRound(stage, '/applications'),
  'POST /v1/rounds/{roundId}/applications': async ({ city, scene, officials }) => {
    const { roundId, sessionId } = await openedRound(city, officials.officer);
    const body = { childIds: [scene.child.personId], wishes: [sessionId] };
    return { path: `/v1/rounds/${roundId}/applications`, body };
  },
  'POST /v1/rounds/{roundId}/applications/{applicationId}/change': async ({ city, scene, officials }) => {
    const { at, sessionId } = await applied(city, scene, officials.officer);
    return { path: `${at('applications')}/change`, body: { wishes: [sessionId] } };
  },
  'POST /v1/rounds/{roundId}/applications/{applicationId}/withdraw': async ({ city, scene, officials }) => ({
    path: `${(await applied(city, scene, officials.officer)).at('applications')}/withdraw`,
  }),
  'GET /v1/rounds/{roundId}/claims': async ({ city, scene, officials }) => ({
    path: `/v1/rounds/${(await applied(city, scene, officials.officer)).roundId}/claims`,
  }),
  'POST /v1/rounds/{roundId}/claims/{applicationId}': async ({ city, scene, officials }) => {
    const { at } = await applied(city, scene, officials.officer);
    return { path: at('claims'), body: { groupId: 'neighbors', confirmed: true } };
  },

  'GET /v1/bookings': () => ({ path: '/v1/bookings' }),
  'GET /v1/people/{personId}/bookings/{bookingId}': (stage) => aboutBooking(stage, ''),
  'GET /v1/people/{personId}/bookings/{bookingId}/cancellation': (stage) => aboutBooking(stage, '/cancellation'),
  'POST /v1/people/{personId}/bookings/{bookingId}/cancel': (stage) => aboutBooking(stage, '/cancel'),
  'GET /v1/people/{personId}/bookings/{bookingId}/calendar.ics': (stage) => aboutBooking(stage, '/calendar.ics'),

  'GET /v1/people/{personId}/bookings/{bookingId}/entry-code': async ({ city, scene }) => {
    const body = {
      date: TOMORROW,
      startsAt: '10:00',
      endsAt: '11:00',
      beneficiaryId: scene.child.personId,
      purpose: '练琴',
    };
    const answer = await city.post(`/v1/rooms/${scene.roomId}/bookings`, { as: scene.guardian, body });
    return { path: `/v1/people/${scene.child.personId}/bookings/${answer.body.booking.bookingId}/entry-code` };
  },
  'POST /v1/doors/{roomId}/entries': ({ scene }) => ({
    path: `/v1/doors/${scene.roomId}/entries`,
    body: { code: '12345678' },
  }),
  'GET /v1/centers/{centerId}/door-keys': () => ({ path: '/v1/centers/yuhu/door-keys' }),
  'POST /v1/doors/{roomId}/keys': ({ scene }) => ({ path: `/v1/doors/${scene.roomId}/keys`, body: { label: '正门' } }),
  'POST /v1/doors/{roomId}/keys/{keyId}/revoke': async ({ city, scene, officials }) => {
    const path = `/v1/doors/${scene.roomId}/keys`;
    const { keyId } = (await city.post(path, { as: officials.staff, body: { label: '正门' } })).body;
    return { path: `${path}/${keyId}/revoke` };
  },

  'POST /v1/calendar-feeds': ({ scene }) => ({
    path: '/v1/calendar-feeds',
    body: { kind: 'person', of: scene.child.personId },
  }),
  'GET /v1/calendar-feeds': () => ({ path: '/v1/calendar-feeds' }),
  'POST /v1/calendar-feeds/{feedId}/revoke': async (stage) => ({
    path: `/v1/calendar-feeds/${(await feedOfGuardian(stage)).feedId}/revoke`,
  }),
  'GET /v1/calendar-feeds/{file}': async (stage) => ({ path: (await feedOfGuardian(stage)).path }),

  'GET /v1/waivers': () => ({ path: '/v1/waivers' }),
  'POST /v1/waivers': () => ({ path: '/v1/waivers', body: newWaiver() }),
  'GET /v1/waivers/{waiverId}': async (stage) => ({ path: `/v1/waivers/${await published(stage)}` }),
  'PUT /v1/waivers/{waiverId}/offerings/{offeringId}': async (stage) => ({
    path: `/v1/waivers/${await published(stage)}/offerings/${await offering('yuhu', `w${randomId('')}`)}`,
    body: { asked: true },
  }),
  'GET /v1/people/{personId}/waivers': ({ scene }) => ({ path: `/v1/people/${scene.child.personId}/waivers` }),
  'POST /v1/people/{personId}/waivers/{waiverId}/sign': async (stage) => ({
    path: `/v1/people/${stage.scene.child.personId}/waivers/${await published(stage)}/sign`,
    body: { version: 1, signedName: '王大明' },
  }),

  'GET /v1/rules': () => ({ path: '/v1/rules' }),
  'PUT /v1/rules': async ({ city }) => {
    const { version, ...body } = (await city.get('/v1/rules')).body.rules;
    return { path: '/v1/rules', body, ifMatch: `"${version}"` };
  },
  'GET /v1/pass-kinds': () => ({ path: '/v1/pass-kinds' }),
  'PUT /v1/pass-kinds': async ({ city, officials }) => {
    await sold(city, officials);
    const { version, kinds } = (await city.get('/v1/pass-kinds')).body;
    return { path: '/v1/pass-kinds', body: { kinds }, ifMatch: `"${version}"` };
  },
  'GET /v1/people/{personId}/allowances': ({ scene }) => ({ path: `/v1/people/${scene.child.personId}/allowances` }),
  'POST /v1/people/{personId}/passes': async ({ city, scene, officials }) => ({
    path: `/v1/people/${scene.child.personId}/passes`,
    body: { kindId: await sold(city, officials), reason },
  }),
  'POST /v1/people/{personId}/passes/{passId}/parts/{part}/paid': async ({ city, scene, officials }) => {
    const path = `/v1/people/${scene.child.personId}/passes`;
    const body = { kindId: await sold(city, officials), inParts: true, reason };
    const { pass } = (await city.post(path, { as: officials.staff, body })).body;
    return { path: `${path}/${pass.passId}/parts/1/paid` };
  },
  'POST /v1/people/{personId}/funds': ({ scene }) => ({
    path: `/v1/people/${scene.child.personId}/funds`,
    body: {
      funder: { zh: '市教育基金会', en: 'City education fund' },
      amountFen: 10_000,
      validUntil: '2027-12-31',
      reason,
    },
  }),
  'GET /v1/people/{personId}/statement': ({ scene }) => ({
    path: `/v1/people/${scene.child.personId}/statement?month=${TODAY.slice(0, 7)}`,
  }),

  'GET /v1/centers/{centerId}/board': async ({ city, scene }) => {
    await bookedPlace(city, scene, TODAY);
    return { path: `/v1/centers/yuhu/board?date=${TODAY}` };
  },
  'POST /v1/centers/{centerId}/attendance': async ({ city, scene }) => {
    const { sessionId } = await bookedPlace(city, scene, TODAY);
    const body = { sessionId, personId: scene.child.personId, to: 'checked-in' };
    return { path: '/v1/centers/yuhu/attendance', body };
  },
  'POST /v1/centers/{centerId}/attendance/by-code': async ({ city, scene }) => {
    // The whole id, as the QR code has it: six characters may meet another booking of the day.
    const { bookingId } = await bookedPlace(city, scene, TODAY);
    return { path: '/v1/centers/yuhu/attendance/by-code', body: { code: bookingId } };
  },
  'POST /v1/centers/{centerId}/bookings': ({ scene }) => ({
    path: '/v1/centers/yuhu/bookings',
    body: { sessionIds: [scene.sessionId], beneficiaryIds: [scene.child.personId], reason },
  }),

  'POST /v1/centers/{centerId}/closures/preview': ({ scene }) => ({
    path: '/v1/centers/yuhu/closures/preview',
    body: { what: roomTomorrow(scene.roomId) },
  }),
  'POST /v1/centers/{centerId}/closures': ({ scene }) => ({
    path: '/v1/centers/yuhu/closures',
    body: { what: roomTomorrow(scene.roomId), reason: { zh: reason } },
  }),
  'GET /v1/centers/{centerId}/closures': () => ({ path: '/v1/centers/yuhu/closures' }),
  'GET /v1/centers/{centerId}/closures/{closureId}': async (stage) => ({ path: await closedRoom(stage) }),
  'POST /v1/centers/{centerId}/closures/{closureId}/lift': async (stage) => ({
    path: `${await closedRoom(stage)}/lift`,
  }),

  'GET /v1/operators': () => ({ path: '/v1/operators' }),
  'GET /v1/operators/{operatorId}': () => ({ path: '/v1/operators/op-a' }),
  'GET /v1/operators/{operatorId}/sessions': () => ({ path: `/v1/operators/op-a/sessions?from=${TODAY}` }),
  'GET /v1/operators/{operatorId}/sessions/{sessionId}/roster': async ({ city, scene }) => {
    const { sessionId } = await bookedPlace(city, scene, TODAY, 'op-a');
    return { path: `/v1/operators/op-a/sessions/${sessionId}/roster` };
  },
};

/** A kind of pass that is sold, once for all. */
async function sold(city: CityUnderTest, { officer }: Officials): Promise<string> {
  const { version, kinds } = (await city.get('/v1/pass-kinds')).body;
  if (kinds.length === 0) {
    const title = { zh: '十次卡', en: 'Ten visits' };
    const parts = [
      { units: 4, priceFen: 8_000, dueAfterDays: 0 },
      { units: 6, priceFen: 12_000, dueAfterDays: 30 },
    ];
    const ten = { kindId: 'ten', title, units: 10, validDays: 180, priceFen: 20_000, parts };
    await city.call('PUT', '/v1/pass-kinds', { as: officer, body: { kinds: [ten] }, ifMatch: `"${version}"` });
  }
  return 'ten';
}

async function feedOfGuardian({ city, scene }: Stage): Promise<{ feedId: string; path: string }> {
  return (await city.post('/v1/calendar-feeds', { as: scene.guardian, body: { kind: 'circle' } })).body;
}

const newWaiver = () => ({
  waiverId: `w${randomId('')}`,
  title: { zh: '同意书', en: 'Waiver' },
  text: { zh: '请看护好孩子。', en: 'Mind your child.' },
  replaces: 0,
});

async function published({ city, officials }: Stage): Promise<string> {
  const body = newWaiver();
  await city.post('/v1/waivers', { as: officials.officer, body });
  return body.waiverId;
}

const roomTomorrow = (roomId: string) => ({ kind: 'resource', roomId, from: TOMORROW, to: TOMORROW });

async function closedRoom({ city, scene, officials }: Stage): Promise<string> {
  const answer = await city.post('/v1/centers/yuhu/closures', {
    as: officials.staff,
    idempotencyKey: randomId('k'),
    body: { what: roomTomorrow(scene.roomId), reason: { zh: reason } },
  });
  return `/v1/centers/yuhu/closures/${answer.body.closure.closureId}`;
}

async function aboutBooking({ city, scene }: Stage, what: string): Promise<Request> {
  const { bookingId } = await bookedPlace(city, scene, TOMORROW);
  return { path: `/v1/people/${scene.child.personId}/bookings/${bookingId}${what}` };
}

async function aboutRound({ city, officials }: Stage, what: string): Promise<Request> {
  const { roundId } = await openedRound(city, officials.officer);
  return { path: `/v1/rounds/${roundId}${what}` };
}
