import { randomUUID } from 'node:crypto';
import { beforeEach, describe, expect, test } from 'vitest';
import * as bookings from '../../../functions/bookings/handler.ts';
import * as desk from '../../../functions/desk/handler.ts';
import * as operators from '../../../functions/operators/handler.ts';
import * as people from '../../../functions/people/handler.ts';
import * as sessions from '../../../functions/sessions/handler.ts';
import { addDays } from '../../../shared/kernel/days.ts';
import { center, session } from '../../support/builders.ts';
import { cityOf, setClock, wait } from '../../support/invoke.ts';
import {
  adminPost,
  bureauPost,
  deskPost,
  newCardNumber,
  type Resident,
  resident,
  signedInAgain,
} from '../../support/residents.ts';

const city = cityOf(people, sessions, bookings, desk, operators);
beforeEach(() => setClock('2026-03-02T01:00:00Z'));

type Household = { householdId: string; childId: string; mother: Resident; father: Resident };

const accept = async (as: Resident) => {
  const [invitation] = (await city.get('/v1/invitations', { as })).body.received;
  return city.post(`/v1/invitations/${invitation?.invitationId}/accept`, { as });
};
async function giveTo(from: Resident, kind: 'guardian' | 'proxy', subjectId: string, holder: Resident) {
  await city.post('/v1/grants', { as: from, body: { kind, subjectId, holderPhone: holder.phone } });
  const answer = await accept(holder);
  expect(answer.status, answer.text).toBe(200);
  return String(answer.body.grant.grantId);
}

/** Two parents in one household, both guardians of one child. */
async function family(): Promise<Household & { grantId: string }> {
  await center('yuhu');
  const [mother, father] = await Promise.all([resident('陈母'), resident('林父')]);
  const { householdId } = (await city.post('/v1/households', { as: mother, body: { name: '家' } })).body;
  const body = { name: '林一', birthDate: '2017-03-01', role: 'child', cardNumber: newCardNumber('2017-03-01') };
  const added = await city.post(`/v1/households/${householdId}/members`, { as: mother, body });
  const childId: string = added.body.person.personId;
  await city.post(`/v1/households/${householdId}/invitations`, { as: mother, body: { phone: father.phone } });
  expect((await accept(father)).status).toBe(200);
  return { householdId, childId, mother, father, grantId: await giveTo(mother, 'guardian', childId, father) };
}

let day = 0;
/** Each on a day of its own, so that nobody is busy. */
const freshSession = () => {
  day += 1;
  return session('yuhu', addDays('2026-03-03', day % 27), { slug: `class-${randomUUID().slice(0, 8)}` });
};
const book = async (as: Resident, childId: string) =>
  city.post('/v1/session-bookings', {
    as,
    idempotencyKey: randomUUID(),
    body: { sessionIds: [await freshSession()], beneficiaryIds: [childId] },
  });
const outcome = async (as: Resident, childId: string) => {
  const { status, body } = await book(as, childId);
  return status === 201 ? '201' : `${status} ${body.code}`;
};
const officer = () => resident('民政科', { posts: [bureauPost()] });
const decision = { reason: '法院判决：探视须经监护人同意', documentNumber: '（2026）闽0304民初12号' };
const setLimit = (as: Resident, childId: string, adultId: string, idempotencyKey?: string) =>
  city.post(`/v1/people/${childId}/limits`, {
    as,
    body: { adultId, ...decision },
    ...(idempotencyKey ? { idempotencyKey } : {}),
  });
const mayFor = async (as: Resident) =>
  (await city.get('/v1/me', { as })).body.actsFor.map(({ personId }: { personId: string }) => personId);

describe('rights of an adult for a child', () => {
  const change = (as: Resident, subjectId: string, grantId: string, rights: string[]) =>
    city.patch(`/v1/people/${subjectId}/grants/${grantId}`, { as, body: { rights } });

  test('B01: each right is given and taken on its own, and counts from the next request on', async () => {
    const { mother, father, childId, grantId } = await family();
    expect(await outcome(father, childId)).toBe('201');
    const changed = await change(mother, childId, grantId, ['pickup']);
    expect([changed.status, changed.body.grant?.rights]).toEqual([200, ['pickup']]);
    expect(await outcome(father, childId)).toBe('403 no-authority');
    // What is left stays: seeing the child, but not speaking for it.
    expect((await city.get(`/v1/people/${childId}`, { as: father })).status).toBe(200);
    const patched = await city.patch(`/v1/people/${childId}`, { as: father, ifMatch: '"1"', body: { name: '别名' } });
    expect(patched.body.code).toBe('no-authority');
    expect((await change(father, childId, grantId, ['book'])).body.code).toBe('no-authority');
    const shown = (await city.get('/v1/me', { as: father })).body.actsFor[1];
    expect(shown).toMatchObject({ personId: childId, as: 'guardian', rights: ['pickup'] });
    expect((await change(mother, childId, grantId, ['book', 'pickup', 'manage'])).status).toBe(200);
    expect(await outcome(father, childId)).toBe('201');
  });

  test('B01: a grant without a word on rights carries all of them', async () => {
    const { father, childId } = await family();
    const { given } = (await city.get(`/v1/people/${childId}/grants`, { as: father })).body;
    expect(given.map(({ rights }: { rights: string[] }) => rights)).toEqual(
      Array(2).fill(['book', 'pickup', 'manage']),
    );
  });

  test('B01: nobody changes their own rights, no proxy manages, and an elder decides about their proxies', async () => {
    const { mother, father, childId, grantId } = await family();
    expect((await change(father, childId, grantId, ['book'])).body.code).toBe('own-rights');
    const aunt = await resident('姑姑');
    const ofAunt = await giveTo(mother, 'proxy', childId, aunt);
    expect((await change(mother, childId, ofAunt, ['manage'])).body.fields[0].rule).toBe('guardian-only');
    expect((await change(aunt, childId, grantId, [])).body.code).toBe('no-authority');
    const elder = await resident('外婆', { birthDate: '1950-01-01' });
    const ofProxy = await giveTo(elder, 'proxy', elder.personId, aunt);
    expect((await change(elder, elder.personId, ofProxy, [])).body.grant.rights).toEqual([]);
    expect(await outcome(aunt, elder.personId)).toBe('403 no-authority');
    expect((await change(mother, elder.personId, ofProxy, ['book'])).body.code).toBe('no-authority');
  });

  test('B01: of two guardians who take each other’s right to manage at once, only one does', async () => {
    const { mother, father, childId, grantId } = await family();
    const { given } = (await city.get(`/v1/people/${childId}/grants`, { as: mother })).body;
    const ofMother = given.find((it: { holder: { personId: string } }) => it.holder.personId === mother.personId);
    const answers = await Promise.all([
      change(mother, childId, grantId, ['book']),
      change(father, childId, ofMother.grantId, ['book']),
    ]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 403]);
  });
});

describe('a limit that a court has set', () => {
  test('B01: parent 2 books for the shared child: 201; after the court limit: 403 no-authority', async () => {
    const { mother, father, childId } = await family();
    expect(await outcome(father, childId)).toBe('201');
    const set = await setLimit(await officer(), childId, father.personId);
    expect(set.status, set.text).toBe(201);
    // With the token they had before: rights are looked up at each request.
    expect(await outcome(father, childId)).toBe('403 no-authority');
    expect((await city.get(`/v1/people/${childId}`, { as: father })).body.code).toBe('no-authority');
    expect((await city.get('/v1/bookings', { as: father })).body.bookings).toEqual([]);
    expect(await mayFor(father)).toEqual([father.personId]);
    expect(await outcome(mother, childId)).toBe('201');
    expect((await city.get('/v1/bookings', { as: mother })).body.bookings).toHaveLength(2);
  });

  test('B01: beats a grant that is given anew, a proxy, and a post at a desk', async () => {
    const { mother, father, childId, grantId } = await family();
    await setLimit(await officer(), childId, father.personId);
    await city.post(`/v1/people/${childId}/grants/${grantId}/end`, { as: mother });
    await giveTo(mother, 'guardian', childId, father);
    expect(await outcome(father, childId)).toBe('403 no-authority');
    const uncle = await resident('舅舅', { posts: [deskPost()] });
    await giveTo(mother, 'proxy', childId, uncle);
    expect(await outcome(uncle, childId)).toBe('201');
    const booking = (await city.get('/v1/bookings', { as: uncle })).body.bookings[0];
    await setLimit(await officer(), childId, uncle.personId);
    expect(await outcome(uncle, childId)).toBe('403 no-authority');
    const read = await city.get(`/v1/people/${childId}?reason=${encodeURIComponent('核对')}`, { as: uncle });
    expect(read.body.code).toBe('no-authority');
    const path = `/v1/people/${childId}/bookings/${booking.bookingId}`;
    expect((await city.get(path, { as: uncle })).body.code).toBe('no-authority');
    expect((await city.post(`${path}/cancel`, { as: uncle })).body.code).toBe('no-authority');
  });

  test('B01: leaves the child out of every list that a post opens; colleagues see it', async () => {
    const { mother, childId } = await family();
    const colleague = await resident('同事', { posts: [deskPost()] });
    const uncle = await resident('舅舅', { posts: [deskPost()] });
    const today = '2026-03-02';
    const slug = `class-${randomUUID().slice(0, 8)}`;
    const sessionId = await session('yuhu', today, { slug, startsAt: '09:30', endsAt: '10:30', residentPriceFen: 0 });
    const body = { sessionIds: [sessionId], beneficiaryIds: [childId] };
    const booked = await city.post('/v1/session-bookings', { as: mother, body });
    const { shortCode, bookingId } = booked.body.bookings[0];
    await setLimit(await officer(), childId, uncle.personId);

    const board = async (as: Resident) => (await city.get(`/v1/centers/yuhu/board?date=${today}`, { as })).text;
    expect(await board(colleague)).toContain(childId);
    for (const secret of [childId, '林一', bookingId]) expect(await board(uncle)).not.toContain(secret);
    const attend = (as: Resident) =>
      city.post('/v1/centers/yuhu/attendance', { as, body: { sessionId, personId: childId, to: 'checked-in' } });
    expect((await attend(uncle)).body.code).toBe('no-authority');
    const byCode = await city.post('/v1/centers/yuhu/attendance/by-code', { as: uncle, body: { code: shortCode } });
    expect(byCode.body.code).toBe('code-unknown');

    setClock('2026-03-02T01:50:00Z');
    const parent = await signedInAgain(mother);
    const seeing = await signedInAgain(colleague);
    const kept = await signedInAgain(uncle);
    const missed = { sessionId, personId: childId, to: 'no-show' };
    expect((await city.post('/v1/centers/yuhu/attendance', { as: seeing, body: missed })).status).toBe(200);
    const noShow = `/v1/people/${childId}/no-shows/${bookingId}`;
    expect((await city.post(`${noShow}/appeal`, { as: parent, body: { reason: '孩子发烧' } })).status).toBeLessThan(
      300,
    );
    const appeals = async (as: Resident) => (await city.get('/v1/centers/yuhu/no-show-appeals', { as })).text;
    expect(await appeals(seeing)).toContain(childId);
    expect(await appeals(kept)).not.toContain(childId);
    const decided = await city.post(`${noShow}/decision`, { as: kept, body: { accept: true, reason: '情况属实' } });
    expect(decided.body.code).toBe('no-authority');
  });

  test('B01: is told to the limited adult in neutral words only, and to the other guardian without the reason', async () => {
    const { mother, father, childId, householdId } = await family();
    await setLimit(await officer(), childId, father.personId);
    const { held } = (await city.get(`/v1/people/${father.personId}/grants`, { as: father })).body;
    expect(held[0]).toMatchObject({ kind: 'guardian', paused: true });
    const grants = await city.get(`/v1/people/${childId}/grants`, { as: mother });
    const paused = grants.body.given.filter((it: { paused?: boolean }) => it.paused);
    expect(paused.map((it: { holder: { personId: string } }) => it.holder.personId)).toEqual([father.personId]);
    const asFather = await Promise.all(
      ['/v1/me', `/v1/people/${father.personId}/grants`, `/v1/people/${father.personId}/reads`].map((path) =>
        city.get(path, { as: father }),
      ),
    );
    for (const { text } of [...asFather, grants]) {
      expect(text).not.toContain('法院');
      expect(text).not.toContain('闽0304');
    }
    // The child is not in the household he sees; he still is in the one the others see.
    const seenBy = async (as: Resident) =>
      (await city.get(`/v1/households/${householdId}`, { as })).body.members.map((it: { name: string }) => it.name);
    expect((await seenBy(father)).sort()).toEqual(['林父', '陈母'].sort());
    expect(await seenBy(mother)).toHaveLength(3);
  });

  test('B01: is lifted with a document of its own, and the grant that stands works again', async () => {
    const { father, childId } = await family();
    const clerk = await officer();
    const { limit } = (await setLimit(clerk, childId, father.personId)).body;
    expect((await setLimit(clerk, childId, father.personId)).body.code).toBe('already-limited');
    wait(600);
    const lift = (idempotencyKey: string = randomUUID()) =>
      city.post(`/v1/people/${childId}/limits/${limit.limitId}/lift`, {
        as: clerk,
        idempotencyKey,
        body: { reason: '判决变更', documentNumber: '（2026）闽0304民初99号' },
      });
    expect((await lift('k1')).status).toBe(200);
    expect((await lift('k1')).status).toBe(200);
    expect((await lift()).body.code).toBe('limit-lifted');
    expect(await outcome(father, childId)).toBe('201');
    const listed = await city.get(`/v1/people/${childId}/limits?reason=${encodeURIComponent('复核')}`, { as: clerk });
    expect(listed.body.limits).toEqual([
      {
        limitId: limit.limitId,
        adult: { personId: father.personId, name: '林父' },
        ...decision,
        since: expect.stringMatching(/^2026-03-02T01:00/),
        setBy: { personId: clerk.personId, name: '民政科' },
        lifted: {
          at: expect.stringMatching(/^2026-03-02T01:10/),
          by: { personId: clerk.personId, name: '民政科' },
          reason: '判决变更',
          documentNumber: '（2026）闽0304民初99号',
        },
      },
    ]);
  });

  test('B01: is set by civil affairs or an admin, once under one Idempotency-Key, and on a child only', async () => {
    const { mother, father, childId } = await family();
    const school = await resident('教育科', {
      posts: [{ kind: 'bureau-officer', bureau: 'education', postId: 'j0000000000000000' }],
    });
    for (const who of [mother, father, await resident('工作者', { posts: [deskPost()] }), school]) {
      expect((await setLimit(who, childId, father.personId)).body.code).toBe('forbidden');
      expect((await city.get(`/v1/people/${childId}/limits?reason=x`, { as: who })).body.code).toBe('forbidden');
    }
    const admin = await resident('管理员', { posts: [adminPost()] });
    const first = await setLimit(admin, childId, father.personId, 'k1');
    const again = await setLimit(admin, childId, father.personId, 'k1');
    expect([again.text, again.headers['idempotency-replayed']]).toEqual([first.text, 'true']);
    expect((await setLimit(admin, childId, mother.personId, 'k1')).body.code).toBe('idempotency-key-reused');
    expect((await setLimit(admin, mother.personId, father.personId)).body.fields[0].rule).toBe('child-age');
    expect((await setLimit(admin, childId, childId)).body.fields[0].rule).toBe('other-person');
  });

  test('B01: an officer finds the child through a parent, says why, and the family sees the look', async () => {
    const { mother, father, childId } = await family();
    const clerk = await officer();
    const found = await city.post('/v1/people/search', {
      as: clerk,
      body: { phone: mother.phone, reason: '来函核对' },
    });
    expect(found.body.people[0].personId).toBe(mother.personId);
    const asked = (id: string) =>
      city.get(`/v1/people/${id}/limits?reason=${encodeURIComponent('来函核对')}`, { as: clerk });
    expect((await asked(mother.personId)).body.children).toEqual([{ personId: childId, name: '林一', as: 'guardian' }]);
    const { holders, person } = (await asked(childId)).body;
    expect(person).toEqual({ personId: childId, name: '林一', isChild: true });
    expect(holders.map((it: { personId: string }) => it.personId).sort()).toEqual(
      [mother.personId, father.personId].sort(),
    );
    const { reads } = (await city.get(`/v1/people/${childId}/reads`, { as: mother })).body;
    expect(reads).toEqual([
      expect.objectContaining({ as: 'bureau-officer.civil-affairs', what: 'relations-read', reason: '来函核对' }),
    ]);
    const enrolled = { name: '某人', cardNumber: newCardNumber(), reason: '登记' };
    expect((await city.post('/v1/people', { as: clerk, body: enrolled })).body.code).toBe('forbidden');
  });
});
