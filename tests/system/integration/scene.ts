import * as z from 'zod';
import { grantItems, householdItems, personItems, sealNumber } from '../../../functions/people/index.ts';
import { signAccessToken } from '../../../shared/http/token.ts';
import { clockNow } from '../../../shared/kernel/clock.ts';
import { randomId } from '../../../shared/kernel/ids.ts';
import { putMany } from '../../../shared/table/bulk.ts';
import {
  center,
  offering,
  operator,
  room,
  type Someone,
  session,
  someone,
  whitelisted,
} from '../../support/builders.ts';
import type { CityUnderTest } from '../../support/city.ts';
import { type Resident, resident } from '../../support/residents.ts';
import { tenants } from '../../support/tenants.ts';

/** Whoever may knock at a door, as seen from one child, one center (`yuhu`) and one operator (`op-a`). */
export const roles = [
  'anonymous',
  'self',
  'guardian',
  'stranger',
  'staff',
  'staffElsewhere',
  'operator',
  'operatorElsewhere',
  'officer',
  'admin',
  'otherCity',
] as const;
export type Role = (typeof roles)[number];

export const TODAY = '2026-03-02';
export const TOMORROW = '2026-03-03';

/** People with posts, and a resident of another city: they stay the same from request to request. */
export type Officials = Readonly<Record<Exclude<Role, 'anonymous' | 'self' | 'guardian' | 'stranger'>, Someone>>;

export async function peopledCity(): Promise<Officials> {
  await center('yuhu');
  await center('xiuyu');
  await operator('op-a');
  await operator('op-b');
  await whitelisted('op-a', 'yuhu');
  return {
    staff: await someone({ posts: [{ kind: 'center-staff', centerId: 'yuhu' }] }),
    staffElsewhere: await someone({ posts: [{ kind: 'center-staff', centerId: 'xiuyu' }] }),
    operator: await someone({ posts: [{ kind: 'operator-staff', operatorId: 'op-a' }] }),
    operatorElsewhere: await someone({ posts: [{ kind: 'operator-staff', operatorId: 'op-b' }] }),
    officer: await someone({ posts: [{ kind: 'bureau-officer', bureau: 'education' }] }),
    admin: await someone({ posts: [{ kind: 'platform-admin' }] }),
    otherCity: await someone({ tenantId: tenants()[1] }),
  };
}

/** Names that stand nowhere else, so that one that leaves the city is seen. */
export const names = {
  child: '林小荔标记',
  guardian: '林大荔标记',
  household: '荔枝标记之家',
  room: '枇杷标记室',
} as const;

/** A child, its guardian, their household, and people who have nothing to do with them; new for each request. */
export type Scene = {
  readonly child: Someone;
  readonly guardian: Resident;
  readonly stranger: Resident;
  readonly newcomer: Someone;
  readonly householdId: string;
  readonly grantId: string;
  readonly roomId: string;
  /** Of the center itself, tomorrow. */
  readonly sessionId: string;
};

export async function newScene(): Promise<Scene> {
  const [tenantId] = tenants();
  const since = clockNow().toISOString();
  const stranger = await resident('王老五', { birthDate: '1970-01-01' });
  const newcomer = await someone({ name: '新同事' });
  const [childId, guardianId, householdId, grantId] = [randomId('p'), randomId('p'), randomId('h'), randomId('g')];
  const phone = `+86137${String(Math.floor(Math.random() * 1e8)).padStart(8, '0')}`;
  await putMany([
    ...personItems(tenantId, {
      personId: childId,
      name: names.child,
      createdAt: since,
      birthDate: '2018-06-01',
      householdId,
    }),
    ...personItems(tenantId, {
      personId: guardianId,
      name: names.guardian,
      createdAt: since,
      birthDate: '1988-01-01',
      householdId,
      phone: await sealNumber('phone', tenantId, guardianId, phone),
      actsFor: { [childId]: { as: 'guardian', grantId, since } },
    }),
    ...grantItems(tenantId, { grantId, kind: 'guardian', holderId: guardianId, subjectId: childId, since }),
    ...householdItems(tenantId, { householdId, name: names.household, createdAt: since }, [
      { personId: guardianId, role: 'adult', since },
      { personId: childId, role: 'child', since },
    ]),
  ]);
  const tokenOf = (personId: string) => signAccessToken({ tenantId, personId, signInId: randomId('s') }, clockNow());
  const unique = () => `x${randomId('').slice(0, 12)}`;
  return {
    child: { personId: childId, tenantId, token: await tokenOf(childId) },
    guardian: { personId: guardianId, phone, token: await tokenOf(guardianId) },
    stranger,
    newcomer,
    householdId,
    grantId,
    roomId: await room('yuhu', unique(), { name: { zh: names.room, en: 'Loquat' } }),
    sessionId: await session('yuhu', TOMORROW, { slug: unique() }),
  };
}

/** Who that is, in this scene. */
export function actorOf(role: Role, scene: Scene, officials: Officials): { token: string } | undefined {
  switch (role) {
    case 'anonymous':
      return undefined;
    case 'self':
      return scene.child;
    case 'guardian':
      return scene.guardian;
    case 'stranger':
      return scene.stranger;
    default:
      return officials[role];
  }
}

/** The child has a place in a session of the center on `date`; gives the booking. */
export async function bookedPlace(
  city: CityUnderTest,
  { guardian, child }: Scene,
  date: string,
  providerId = 'center',
): Promise<{ sessionId: string; bookingId: string; shortCode: string }> {
  const slug = `x${randomId('').slice(0, 12)}`;
  const sessionId = await session('yuhu', date, { slug, providerId });
  const { body, text } = await city.post('/v1/session-bookings', {
    as: guardian,
    body: { sessionIds: [sessionId], beneficiaryIds: [child.personId] },
  });
  if (!body.bookings) throw new Error(text);
  const [{ bookingId, shortCode }] = body.bookings;
  return { sessionId, bookingId, shortCode };
}

/** What is held for the child, waiting for the guardian's payment or the center's approval; gives the order's id. */
export async function held(
  city: CityUnderTest,
  { guardian, child }: Scene,
  policy: { payment: { withinMinutes: number } } | { approval: { withinHours: number } },
): Promise<string> {
  const slug = `x${randomId('').slice(0, 12)}`;
  await offering('yuhu', slug, { policy, residentPriceFen: 1_000 });
  const sessionId = await session('yuhu', TOMORROW, { slug, residentPriceFen: 1_000 });
  const { body, text } = await city.post('/v1/session-bookings', {
    as: guardian,
    body: { sessionIds: [sessionId], beneficiaryIds: [child.personId] },
  });
  if (body.bookings?.[0]?.state !== 'held') throw new Error(text);
  return String(body.orderId);
}

/** The child waits for a place in a session that has none. */
export async function inLine(city: CityUnderTest, { guardian, child }: Scene): Promise<string> {
  const slug = `x${randomId('').slice(0, 12)}`;
  const sessionId = await session('yuhu', TOMORROW, { slug, capacity: 0 });
  const { body, text } = await city.post('/v1/session-bookings', {
    as: guardian,
    body: { sessionIds: [sessionId], beneficiaryIds: [child.personId], ifFull: 'wait' },
  });
  if (!body.waiting) throw new Error(text);
  return sessionId;
}

/** The child had a place in a session that began half an hour ago and did not come, as staff say; gives the booking's id. */
export async function missed(city: CityUnderTest, { child }: Scene, staff: Someone): Promise<string> {
  const sessionId = await session('yuhu', TODAY, { slug: `x${randomId('').slice(0, 12)}`, startsAt: '08:30' });
  const body = { sessionIds: [sessionId], beneficiaryIds: [child.personId], reason: '电话' };
  const booked = await city.post('/v1/centers/yuhu/bookings', { as: staff, body });
  if (!booked.body.bookings) throw new Error(booked.text);
  const mark = { sessionId, personId: child.personId, to: 'no-show' };
  const marked = await city.post('/v1/centers/yuhu/attendance', { as: staff, body: mark });
  if (!marked.body.seat) throw new Error(marked.text);
  return String(booked.body.bookings[0].bookingId);
}

/** The guardian has asked the stranger into the household; gives the invitation's id. */
export async function invited(city: CityUnderTest, { guardian, stranger, householdId }: Scene): Promise<string> {
  const body = { phone: stranger.phone };
  await city.post(`/v1/households/${householdId}/invitations`, { as: guardian, body });
  const { sent } = (await city.get('/v1/invitations', { as: guardian })).body;
  return String(sent[0].invitationId);
}

/** The stranger has accepted what the guardian has asked of them last. */
async function accepted(city: CityUnderTest, { guardian, stranger }: Scene): Promise<Record<string, unknown>> {
  const { sent } = (await city.get('/v1/invitations', { as: guardian })).body;
  return (await city.post(`/v1/invitations/${sent[0].invitationId}/accept`, { as: stranger })).body;
}

/** The stranger is the child's proxy; gives the grant's id. */
export async function trusted(city: CityUnderTest, scene: Scene): Promise<string> {
  const { guardian, child, stranger } = scene;
  const body = { kind: 'proxy', subjectId: child.personId, holderPhone: stranger.phone };
  await city.post('/v1/grants', { as: guardian, body });
  const { grant } = z.object({ grant: z.object({ grantId: z.string() }) }).parse(await accepted(city, scene));
  return grant.grantId;
}

/** The stranger's household has come into the guardian's; gives the merge's id. */
export async function merged(city: CityUnderTest, scene: Scene): Promise<string> {
  const { guardian, stranger, householdId } = scene;
  await city.post('/v1/households', { as: stranger, body: { name: '王家' } });
  const body = { phone: stranger.phone, kind: 'merge' };
  await city.post(`/v1/households/${householdId}/invitations`, { as: guardian, body });
  const answer = z.object({ household: z.object({ merge: z.object({ mergeId: z.string() }) }) });
  return answer.parse(await accepted(city, scene)).household.merge.mergeId;
}

/** A court has limited the stranger; gives the limit's id. */
export async function limited(city: CityUnderTest, { child, stranger }: Scene, admin: Someone): Promise<string> {
  const body = { adultId: stranger.personId, reason: '判决', documentNumber: '12' };
  const answer = await city.post(`/v1/people/${child.personId}/limits`, { as: admin, body });
  return String(answer.body.limit.limitId);
}

/** The newcomer works at the center's desk; gives the post's id. */
export async function appointed({ newcomer }: Scene, admin: Someone, city: CityUnderTest): Promise<string> {
  const body = { kind: 'center-staff', personId: newcomer.personId, centerId: 'yuhu' };
  const answer = await city.post('/v1/posts', { as: admin, body });
  return String(answer.body.post.postId);
}

/** A program works at the center's desk; gives its account's id. */
export async function automated(admin: Someone, city: CityUnderTest): Promise<string> {
  const body = { name: '自助机', post: { kind: 'center-staff', centerId: 'yuhu' } };
  const answer = await city.post('/v1/service-accounts', { as: admin, body });
  return String(answer.body.account.accountId);
}

/** What opens a round over one session of the center, with one priority group; its window is open now. */
export async function roundOverOneSession() {
  const sessionId = await session('yuhu', '2026-03-20', { slug: `x${randomId('').slice(0, 12)}` });
  return {
    title: { zh: '春季抽签', en: 'Spring round' },
    opensAt: '2026-03-01T00:00:00Z',
    closesAt: '2026-03-09T00:00:00Z',
    drawsAt: '2026-03-10T00:00:00Z',
    sessionIds: [sessionId],
    groups: [{ groupId: 'neighbors', name: { zh: '本社区居民', en: 'Neighbors' } }],
  };
}

export async function openedRound(city: CityUnderTest, officer: Someone) {
  const body = await roundOverOneSession();
  const { roundId } = (await city.post('/v1/rounds', { as: officer, body })).body.round;
  return { roundId: String(roundId), sessionId: body.sessionIds[0] ?? '' };
}

/** The child has applied, and claims the priority group. */
export async function applied(city: CityUnderTest, { guardian, child }: Scene, officer: Someone) {
  const { roundId, sessionId } = await openedRound(city, officer);
  const body = { childIds: [child.personId], wishes: [sessionId], groupId: 'neighbors' };
  const answer = await city.post(`/v1/rounds/${roundId}/applications`, { as: guardian, body });
  const { applicationId } = answer.body.application;
  return { roundId, sessionId, at: (what: string) => `/v1/rounds/${roundId}/${what}/${applicationId}` };
}
