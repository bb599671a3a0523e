import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import * as z from 'zod';
import * as people from '../../../functions/people/handler.ts';
import { keeperAfter } from '../../../functions/people/households/rules.ts';
import { epochSeconds } from '../../../shared/kernel/clock.ts';
import { Refusal } from '../../../shared/kernel/refusal.ts';
import { deriveLookupMac } from '../../../shared/keyring/keyring.ts';
import { keys } from '../../../shared/table/keys.ts';
import { get, queryAll } from '../../../shared/table/read.ts';
import { type Answer, cityOf, setClock, tenants, wait } from '../../support/invoke.ts';
import { takeMessages } from '../../support/messages.ts';
import { newPhone, type Resident, resident, signedInAgain } from '../../support/residents.ts';

const city = cityOf(people);
const NOW = '2026-02-10T02:00:00Z';
beforeEach(() => setClock(NOW));
afterEach(takeMessages);

const DAY = 86_400;

async function householdOf(founder: Resident, name = '陈家'): Promise<string> {
  const answer = await city.post('/v1/households', { as: founder, body: { name } });
  expect(answer.status, answer.text).toBe(201);
  return answer.body.householdId;
}
const invite = (as: Resident, householdId: string, phone: string) =>
  city.post(`/v1/households/${householdId}/invitations`, { as, body: { phone } });
const invitations = async (as: Resident) => (await city.get('/v1/invitations', { as })).body;
const idOfFirst = async (as: Resident): Promise<string> => (await invitations(as)).received[0]?.invitationId;
const answerWith = (what: 'accept' | 'decline' | 'withdraw', as: Resident, invitationId: string) =>
  city.post(`/v1/invitations/${invitationId}/${what}`, { as });
const leave = (as: Resident, householdId: string, idempotencyKey?: string) =>
  city.post(`/v1/households/${householdId}/leave`, { as, ...(idempotencyKey ? { idempotencyKey } : {}) });
const addChild = (as: Resident, householdId: string) =>
  city.post(`/v1/households/${householdId}/members`, {
    as,
    body: { name: '陈一', birthDate: '2017-03-01', role: 'child' },
  });
async function join(as: Resident, inviter: Resident, householdId: string): Promise<void> {
  expect((await invite(inviter, householdId, as.phone)).status).toBe(202);
  const accepted = await answerWith('accept', as, await idOfFirst(as));
  expect(accepted.status, accepted.text).toBe(200);
}

/** What the table holds of a household: its count, its members, and whether each member's record says so too. */
async function stored(householdId: string) {
  const [tenantId] = tenants();
  const items = await queryAll(
    { pk: keys.people.householdPartition(tenantId, householdId) },
    z.looseObject({ memberCount: z.int().optional(), personId: z.string().optional() }),
  );
  const members = items.flatMap(({ personId }) => (personId ? [personId] : []));
  const belonging = await Promise.all(
    members.map((id) => get(keys.people.profile(tenantId, id), z.looseObject({ householdId: z.string().optional() }))),
  );
  expect(belonging.map((profile) => profile?.householdId)).toEqual(members.map(() => householdId));
  return { count: items.find(({ memberCount }) => memberCount !== undefined)?.memberCount, members };
}
const codesOf = (answers: readonly Answer[]) => answers.map(({ status, body }) => body?.code ?? status).sort();

describe('an invitation to a household', () => {
  test('makes another adult of it, by their own consent', async () => {
    const [chen, wang] = await Promise.all([resident('陈小明'), resident('王五')]);
    const householdId = await householdOf(chen);
    const asked = await invite(chen, householdId, wang.phone);
    expect([asked.status, asked.body]).toEqual([202, { accepted: true }]);
    expect(await takeMessages()).toEqual([
      expect.objectContaining({ kind: 'invitation-received', personId: wang.personId, inviterName: '陈*明' }),
    ]);
    expect((await invitations(wang)).received).toEqual([
      {
        invitationId: expect.stringMatching(/^i[0-9a-z]{16}$/),
        kind: 'household',
        inviterName: '陈小明',
        householdName: '陈家',
        since: expect.stringMatching(/^2026-02-10/),
        until: expect.stringMatching(/^2026-02-24/),
      },
    ]);
    const accepted = await answerWith('accept', wang, await idOfFirst(wang));
    expect(accepted.body.household).toMatchObject({ householdId, name: '陈家' });
    expect(accepted.body.household.members.map(({ role }: { role: string }) => role)).toEqual(['adult', 'adult']);
    expect(await stored(householdId)).toEqual({ count: 2, members: expect.arrayContaining([wang.personId]) });
    expect((await city.get('/v1/me', { as: wang })).body.person.householdId).toBe(householdId);
    expect([await invitations(chen), await invitations(wang)]).toEqual(Array(2).fill({ received: [], sent: [] }));
    // Now an adult like the other.
    expect((await invite(wang, householdId, newPhone())).status).toBe(202);
  });

  test('gives no rights over the children of the household', async () => {
    const [chen, wang] = await Promise.all([resident(), resident()]);
    const householdId = await householdOf(chen);
    const child = (await addChild(chen, householdId)).body.person;
    await join(wang, chen, householdId);
    expect((await city.get('/v1/me', { as: wang })).body.actsFor).toHaveLength(1);
    expect((await city.get(`/v1/people/${child.personId}`, { as: wang })).body.code).toBe('no-authority');
  });

  test('looks the same to its sender whether or not the number is known', async () => {
    const [chen, wang] = await Promise.all([resident(), resident()]);
    const householdId = await householdOf(chen);
    const [known, unknown] = [await invite(chen, householdId, wang.phone), await invite(chen, householdId, newPhone())];
    expect(known.text).toBe(unknown.text);
    expect(await answerWith('decline', wang, await idOfFirst(wang))).toMatchObject({ status: 204 });
    const { sent } = await invitations(chen);
    expect(sent.map((it: object) => Object.keys(it))).toEqual(
      Array(2).fill(['invitationId', 'kind', 'phoneMasked', 'since', 'until']),
    );
    expect((await invite(chen, householdId, chen.phone)).body.fields[0].rule).toBe('own-number');
    expect((await invite(chen, householdId, '12345')).body.code).toBe('phone-format');
  });

  test('holds for two weeks, and its items carry the second at which they may go', async () => {
    let [chen, wang] = await Promise.all([resident(), resident()]);
    const householdId = await householdOf(chen);
    await invite(chen, householdId, wang.phone);
    const invitationId = await idOfFirst(wang);
    const ends = epochSeconds(new Date(NOW)) + 14 * DAY;
    const [tenantId] = tenants();
    for (const key of [
      keys.people.invitation(tenantId, await deriveLookupMac('phone', wang.phone), invitationId),
      keys.people.sentInvitation(tenantId, chen.personId, invitationId),
    ]) {
      const { ttlEpochSeconds } = (await get(key, z.looseObject({ ttlEpochSeconds: z.int() }))) ?? {};
      expect(Math.abs((ttlEpochSeconds ?? 0) - ends)).toBeLessThan(30);
    }
    wait(14 * DAY + 30);
    [chen, wang] = await Promise.all([signedInAgain(chen), signedInAgain(wang)]);
    expect(await invitations(wang)).toEqual({ received: [], sent: [] });
    expect((await invitations(chen)).sent).toEqual([]);
    for (const what of ['accept', 'decline'] as const) {
      expect((await answerWith(what, wang, invitationId)).body.code).toBe('invitation-gone');
    }
    expect((await answerWith('withdraw', chen, invitationId)).body.code).toBe('invitation-gone');
    await join(wang, chen, householdId);
  });

  test('is only for whoever has the number, and only its sender takes it back', async () => {
    const [chen, wang, lin] = await Promise.all([resident(), resident(), resident()]);
    const householdId = await householdOf(chen);
    await invite(chen, householdId, wang.phone);
    const invitationId = await idOfFirst(wang);
    const tried = [
      await answerWith('accept', lin, invitationId),
      await answerWith('decline', lin, invitationId),
      await answerWith('withdraw', lin, invitationId),
      await answerWith('withdraw', wang, invitationId),
      await answerWith('accept', chen, invitationId),
    ];
    expect(tried.map(({ status, body }) => [status, body.code])).toEqual(tried.map(() => [410, 'invitation-gone']));
    expect((await invite(lin, householdId, newPhone())).body.code).toBe('no-authority');
    expect((await invite(lin, 'h0000000000000000', newPhone())).body.code).toBe('no-authority');
    expect(await answerWith('withdraw', chen, invitationId)).toMatchObject({ status: 204 });
    expect(await answerWith('withdraw', chen, invitationId)).toMatchObject({ status: 204 });
    expect((await answerWith('accept', wang, invitationId)).body.code).toBe('invitation-gone');
    expect(await stored(householdId)).toEqual({ count: 1, members: [chen.personId] });
  });

  test('is worth nothing once its sender has left', async () => {
    const [chen, wang, lin] = await Promise.all([resident(), resident(), resident()]);
    const householdId = await householdOf(chen);
    await join(wang, chen, householdId);
    await invite(chen, householdId, lin.phone);
    const invitationId = await idOfFirst(lin);
    expect((await leave(chen, householdId)).status).toBe(204);
    expect((await invitations(lin)).received).toEqual([]);
    expect((await invitations(chen)).sent).toEqual([]);
    expect((await answerWith('accept', lin, invitationId)).body.code).toBe('invitation-gone');
  });

  test('is for people of eighteen and over, as far as we know their age', async () => {
    const [chen, boy] = await Promise.all([resident(), resident('少年', { birthDate: '2008-02-11' })]);
    const householdId = await householdOf(chen);
    await invite(chen, householdId, boy.phone);
    const invitationId = await idOfFirst(boy);
    expect((await answerWith('accept', boy, invitationId)).body.code).toBe('adults-only');
    wait(DAY);
    expect((await answerWith('accept', await signedInAgain(boy), invitationId)).status).toBe(200);
  });

  test('ends in one household: whoever is in one stays there', async () => {
    const [chen, wang] = await Promise.all([resident(), resident()]);
    const [first, second] = [await householdOf(chen), await householdOf(wang)];
    await invite(chen, first, wang.phone);
    expect((await answerWith('accept', wang, await idOfFirst(wang))).body.code).toBe('already-in-household');
    expect([await stored(first), await stored(second)].map(({ count }) => count)).toEqual([1, 1]);
    expect((await leave(wang, second)).status).toBe(204);
    expect((await answerWith('accept', wang, await idOfFirst(wang))).status).toBe(200);
  });
});

describe('at the same moment', () => {
  test('twenty accepts of one invitation make one member', async () => {
    const [chen, wang] = await Promise.all([resident(), resident()]);
    const householdId = await householdOf(chen);
    await invite(chen, householdId, wang.phone);
    const invitationId = await idOfFirst(wang);
    const answers = await Promise.all(Array.from({ length: 20 }, () => answerWith('accept', wang, invitationId)));
    expect(codesOf(answers)).toEqual(Array(20).fill(200));
    expect(await stored(householdId)).toEqual({ count: 2, members: expect.any(Array) });
  });

  test('an accept and a decline, or an accept and a withdrawal, do not both happen', async () => {
    for (const [what, who] of [
      ['decline', 'wang'],
      ['withdraw', 'chen'],
    ] as const) {
      const [chen, wang] = await Promise.all([resident(), resident()]);
      const householdId = await householdOf(chen);
      await invite(chen, householdId, wang.phone);
      const invitationId = await idOfFirst(wang);
      const [accepted, other] = await Promise.all([
        answerWith('accept', wang, invitationId),
        answerWith(what, { chen, wang }[who], invitationId),
      ]);
      const joined = accepted.status === 200;
      expect([accepted.status, other.status].sort()).toEqual(joined ? [200, 410] : [204, 410]);
      expect((await stored(householdId)).count).toBe(joined ? 2 : 1);
    }
  });

  test('two invitations accepted lead into one household', async () => {
    const [chen, lin, wang] = await Promise.all([resident(), resident(), resident()]);
    const households = await Promise.all([householdOf(chen), householdOf(lin)]);
    await invite(chen, households[0], wang.phone);
    await invite(lin, households[1], wang.phone);
    const ids = (await invitations(wang)).received.map((it: { invitationId: string }) => it.invitationId);
    const answers = await Promise.all(ids.map((id: string) => answerWith('accept', wang, id)));
    expect(codesOf(answers)).toEqual([200, 'already-in-household']);
    const counts = await Promise.all(households.map(async (id) => (await stored(id)).count));
    expect(counts.sort()).toEqual([1, 2]);
  });

  test('no more than twelve belong to a household', async () => {
    let chen = await resident();
    const householdId = await householdOf(chen);
    let guests = await Promise.all(Array.from({ length: 14 }, () => resident()));
    for (const guest of guests.slice(0, 10)) await invite(chen, householdId, guest.phone);
    wait(DAY);
    chen = await signedInAgain(chen);
    guests = await Promise.all(guests.map(signedInAgain));
    for (const guest of guests.slice(10)) await invite(chen, householdId, guest.phone);
    const answers = await Promise.all(guests.map(async (guest) => answerWith('accept', guest, await idOfFirst(guest))));
    expect(codesOf(answers)).toEqual([...Array(11).fill(200), ...Array(3).fill('too-many-members')]);
    expect((await stored(householdId)).members).toHaveLength(12);
  });

  test('of two adults who leave, one stays with the child', async () => {
    const [chen, wang] = await Promise.all([resident(), resident()]);
    const householdId = await householdOf(chen);
    await addChild(chen, householdId);
    await join(wang, chen, householdId);
    const answers = await Promise.all([leave(chen, householdId), leave(wang, householdId)]);
    const [left, stayed] = answers.sort((a, b) => a.status - b.status);
    expect(left?.status).toBe(204);
    expect(['last-adult', 'changed-meanwhile']).toContain(stayed?.body.code);
    expect(await stored(householdId)).toEqual({ count: 2, members: expect.any(Array) });
  });
});

describe('leaving a household', () => {
  test('is free, takes nothing else away, and is done once under one Idempotency-Key', async () => {
    const [chen, wang] = await Promise.all([resident(), resident()]);
    const householdId = await householdOf(chen);
    const child = (await addChild(chen, householdId)).body.person;
    await join(wang, chen, householdId);
    expect((await leave(chen, householdId, 'k1')).status).toBe(204);
    expect((await leave(chen, householdId, 'k1')).status).toBe(204);
    expect((await leave(chen, householdId, 'k2')).body.code).toBe('no-authority');
    expect(await stored(householdId)).toEqual({ count: 2, members: expect.not.arrayContaining([chen.personId]) });
    const me = (await city.get('/v1/me', { as: chen })).body;
    expect(me.person.householdId).toBeUndefined();
    expect(me.actsFor.map(({ personId }: { personId: string }) => personId)).toContain(child.personId);
    expect((await city.get(`/v1/households/${householdId}`, { as: chen })).body.code).toBe('no-authority');
  });

  test('leaves no child without an adult', async () => {
    const chen = await resident();
    const householdId = await householdOf(chen);
    await addChild(chen, householdId);
    expect((await leave(chen, householdId)).body.code).toBe('last-adult');
    expect((await stored(householdId)).count).toBe(2);
  });

  test.each([
    ['adult', ['adult', 'child'], 'p1'],
    ['adult', [], undefined],
    ['adult', ['elder'], 'last-adult'],
    ['elder', ['adult'], undefined],
    ['elder', ['elder'], undefined],
    ['elder', ['adult', 'child'], 'p1'],
    ['elder', ['child', 'elder'], 'last-adult'],
    ['child', ['adult'], 'no-authority'],
  ] as const)('by an %s, where %j stay, needs %s', (role, others, expected) => {
    const outcome = () => {
      try {
        return keeperAfter(
          { personId: 'p0', role },
          others.map((it, index) => ({ personId: `p${index + 1}`, role: it })),
        );
      } catch (error) {
        return error instanceof Refusal ? error.code : error;
      }
    };
    expect(outcome()).toBe(expected);
  });

  test('as the last one ends it, and one may begin another', async () => {
    const chen = await resident();
    const householdId = await householdOf(chen);
    expect((await leave(chen, householdId)).status).toBe(204);
    expect(await stored(householdId)).toEqual({ count: undefined, members: [] });
    await householdOf(chen, '新家');
  });

  test('is for those who are in it, whether it exists or not', async () => {
    const [chen, lin] = await Promise.all([resident(), resident()]);
    const householdId = await householdOf(chen);
    for (const id of [householdId, 'h0000000000000000']) {
      expect((await leave(lin, id)).body.code).toBe('no-authority');
    }
  });
});
