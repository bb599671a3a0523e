import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import * as people from '../../../functions/people/handler.ts';
import { cityOf, setClock, wait } from '../../support/invoke.ts';
import { takeMessages } from '../../support/messages.ts';
import { newPhone, type Resident, resident, signedInAgain } from '../../support/residents.ts';

const city = cityOf(people);
beforeEach(() => setClock('2026-02-10T02:00:00Z'));

type GrantShown = { grantId: string; holder: { personId: string; name: string }; endedAt?: string };

const give = (as: Resident, kind: 'proxy' | 'guardian', subjectId: string, holderPhone: string, key?: string) =>
  city.post('/v1/grants', {
    as,
    body: { kind, subjectId, holderPhone },
    ...(key ? { idempotencyKey: key } : {}),
  });
const waiting = async (as: Resident) => (await city.get('/v1/invitations', { as })).body;
const accept = async (as: Resident) => {
  const [invitation] = (await waiting(as)).received;
  return city.post(`/v1/invitations/${invitation?.invitationId}/accept`, { as });
};
/** Gives a grant that its holder accepts at once. */
async function giveTo(from: Resident, kind: 'proxy' | 'guardian', subjectId: string, holder: Resident) {
  await give(from, kind, subjectId, holder.phone);
  const answer = await accept(holder);
  expect(answer.status, answer.text).toBe(200);
}
const grantsOf = async (as: Resident, personId = as.personId): Promise<{ held: GrantShown[]; given: GrantShown[] }> =>
  (await city.get(`/v1/people/${personId}/grants`, { as })).body;
const end = (as: Resident, personId: string, grantId: string) =>
  city.post(`/v1/people/${personId}/grants/${grantId}/end`, { as });
const actsFor = async (as: Resident): Promise<string[]> =>
  (await city.get('/v1/me', { as })).body.actsFor.map(({ personId }: { personId: string }) => personId);

async function childOf(parent: Resident): Promise<string> {
  const household = await city.post('/v1/households', { as: parent, body: { name: '家' } });
  const body = { name: '陈一', birthDate: '2017-03-01', role: 'child' };
  const added = await city.post(`/v1/households/${household.body.householdId}/members`, { as: parent, body });
  return added.body.person.personId;
}

afterEach(takeMessages);

describe('a proxy', () => {
  test('is asked by phone, learns of it by message, and may act once they have accepted', async () => {
    const [elder, helper] = await Promise.all([resident('郑老先生'), resident('吴小红')]);
    const answer = await give(elder, 'proxy', elder.personId, helper.phone);
    expect([answer.status, answer.body]).toEqual([202, { accepted: true }]);
    expect(await actsFor(helper)).toEqual([helper.personId]);
    // A message to somebody who never asked for it carries no text that somebody else made up.
    expect(await takeMessages()).toEqual([
      expect.objectContaining({ kind: 'invitation-received', personId: helper.personId, inviterName: '郑**生' }),
    ]);
    expect((await waiting(helper)).received).toEqual([
      {
        invitationId: expect.any(String),
        kind: 'proxy',
        inviterName: '郑老先生',
        subjectName: '郑老先生',
        since: expect.any(String),
        until: expect.stringMatching(/^2026-02-24T02:00:/),
      },
    ]);
    const accepted = await accept(helper);
    expect([accepted.status, accepted.body.grant.subject.name]).toEqual([200, '郑老先生']);
    expect(await actsFor(helper)).toContain(elder.personId);
    const { given } = await grantsOf(elder);
    expect(given.map(({ holder }) => holder.name)).toEqual(['吴小红']);
    expect((await grantsOf(helper)).held[0]?.grantId).toBe(given[0]?.grantId);
    expect(await waiting(elder)).toEqual({ received: [], sent: [] });
  });

  test('shows the giver the same whether the number is known or not, until it is accepted', async () => {
    const [elder, helper] = await Promise.all([resident(), resident()]);
    const numbers = [helper.phone, newPhone()];
    const answers = [];
    for (const phone of numbers) answers.push(await give(elder, 'proxy', elder.personId, phone));
    expect(answers[0]?.text).toBe(answers[1]?.text);
    // The same work, too, so that the time it takes tells nothing either: as many calls to the table, as much written.
    const work = answers.map(({ headers }) => headers['linli-table']?.replace(/read=.*(?=write)|; ms=.*/g, ''));
    expect(work).toEqual([expect.stringMatching(/^calls=2; write=\d+$/), work[0]]);
    const shown = async () => ({ ...(await grantsOf(elder)), ...(await waiting(elder)) });
    const before = await shown();
    expect(before).toEqual({
      held: [],
      given: [],
      received: [],
      sent: expect.arrayContaining(
        numbers.map((phone) => ({
          invitationId: expect.any(String),
          kind: 'proxy',
          phoneMasked: `${phone.slice(0, -8)}****${phone.slice(-4)}`,
          subject: { personId: elder.personId, name: '陈小明' },
          since: expect.any(String),
          until: expect.any(String),
        })),
      ),
    });
    // Nor does the giver learn that somebody has declined.
    const [invitation] = (await waiting(helper)).received;
    const decline = () => city.post(`/v1/invitations/${invitation.invitationId}/decline`, { as: helper });
    expect([(await decline()).status, (await decline()).status]).toEqual([204, 204]);
    expect(await shown()).toEqual(before);
    expect((await waiting(helper)).received).toEqual([]);
    expect((await city.post(`/v1/invitations/${invitation.invitationId}/accept`, { as: helper })).body.code).toBe(
      'invitation-gone',
    );
    for (const { invitationId } of before.sent) {
      expect((await city.post(`/v1/invitations/${invitationId}/withdraw`, { as: elder })).status).toBe(204);
    }
    expect((await waiting(elder)).sent).toEqual([]);
    expect(await takeMessages()).toHaveLength(2);
  });

  test('finds the invitation that came before their first sign-in', async () => {
    const elder = await resident();
    const phone = newPhone();
    await give(elder, 'proxy', elder.personId, phone);
    const helper = await resident('新来的', { phone });
    expect((await accept(helper)).status).toBe(200);
    expect(await actsFor(helper)).toContain(elder.personId);
  });

  test('is asked once under one Idempotency-Key, and another body under it is refused', async () => {
    const [elder, helper, other] = await Promise.all([resident(), resident(), resident()]);
    await give(elder, 'proxy', elder.personId, helper.phone, 'k1');
    expect((await accept(helper)).status).toBe(200);
    expect((await give(elder, 'proxy', elder.personId, helper.phone, 'k1')).status).toBe(202);
    expect((await waiting(elder)).sent).toEqual([]);
    expect((await give(elder, 'proxy', elder.personId, other.phone, 'k1')).body.code).toBe('idempotency-key-reused');
    expect((await waiting(other)).received).toEqual([]);
  });

  test('is somebody else, and is so once', async () => {
    const [elder, helper] = await Promise.all([resident(), resident()]);
    const own = await give(elder, 'proxy', elder.personId, elder.phone);
    expect(own.body.fields[0]).toMatchObject({ at: 'body.holderPhone', rule: 'own-number' });
    await giveTo(elder, 'proxy', elder.personId, helper);
    await give(elder, 'proxy', elder.personId, helper.phone);
    expect((await accept(helper)).body.code).toBe('already-granted');
  });

  test.each(['elder', 'helper'] as const)('is ended by the %s, and the right is gone with it', async (side) => {
    const elder = await resident();
    const helper = await resident();
    await giveTo(elder, 'proxy', elder.personId, helper);
    const [grant] = (await grantsOf(elder)).given;
    const who = side === 'elder' ? elder : helper;
    expect((await end(who, who.personId, grant?.grantId ?? '')).status).toBe(204);
    expect(await actsFor(helper)).toEqual([helper.personId]);
    expect((await city.get(`/v1/people/${elder.personId}`, { as: helper })).body.code).toBe('no-authority');
    expect((await end(who, who.personId, grant?.grantId ?? '')).body.code).toBe('grant-ended');
    for (const shown of [(await grantsOf(elder)).given, (await grantsOf(helper)).held]) {
      expect(shown[0]).toMatchObject({ endedBy: who.personId, endedAt: expect.any(String) });
    }
    await giveTo(elder, 'proxy', elder.personId, helper);
    expect(await actsFor(helper)).toContain(elder.personId);
  });

  test('passes nothing on', async () => {
    const [elder, helper, other] = await Promise.all([resident(), resident(), resident()]);
    await giveTo(elder, 'proxy', elder.personId, helper);
    expect((await give(helper, 'proxy', elder.personId, other.phone)).body.code).toBe('no-authority');
    expect((await city.get(`/v1/people/${elder.personId}/grants`, { as: helper })).body.code).toBe('no-authority');
  });
});

describe('guardians', () => {
  test('let another adult be one, and either ends it for the child', async () => {
    const [mother, father] = await Promise.all([resident('陈母'), resident('陈父')]);
    const childId = await childOf(mother);
    await giveTo(mother, 'guardian', childId, father);
    expect(await actsFor(father)).toContain(childId);
    const [own, his] = (await grantsOf(father, childId)).given.sort((a) =>
      a.holder.personId === mother.personId ? -1 : 1,
    );
    expect(own?.holder.personId).toBe(mother.personId);
    expect((await end(mother, childId, his?.grantId ?? '')).status).toBe(204);
    expect(await actsFor(father)).toEqual([father.personId]);
    expect(await actsFor(mother)).toContain(childId);
  });

  test('are named to nobody before they have accepted, and neither is the child', async () => {
    const [mother, stranger] = await Promise.all([resident('陈母'), resident()]);
    await give(mother, 'guardian', await childOf(mother), stranger.phone);
    const { received } = await waiting(stranger);
    expect(received[0]).toMatchObject({ kind: 'guardian', inviterName: '陈母', subjectName: '陈*' });
    expect((await grantsOf(mother)).given).toEqual([]);
  });

  test('no longer speak for the child once their own grant has ended', async () => {
    const [mother, father, aunt] = await Promise.all([resident('陈母'), resident('陈父'), resident('陈姑')]);
    const childId = await childOf(mother);
    await giveTo(mother, 'guardian', childId, father);
    await give(father, 'guardian', childId, aunt.phone);
    const his = (await grantsOf(father, childId)).given.find(({ holder }) => holder.personId === father.personId);
    await end(mother, childId, his?.grantId ?? '');
    expect((await accept(aunt)).body.code).toBe('invitation-gone');
    expect(await actsFor(aunt)).toEqual([aunt.personId]);
  });

  test('are for children only', async () => {
    const [chen, lin] = await Promise.all([resident(), resident()]);
    const answer = await give(chen, 'guardian', chen.personId, lin.phone);
    expect(answer.body.fields[0].rule).toBe('guardian-of-child');
  });
});

describe('invitations of one day', () => {
  test('are ten at most, also when many are sent at once, and ten more the next day', async () => {
    let elder = await resident();
    const ask = () => give(elder, 'proxy', elder.personId, newPhone());
    const answers = await Promise.all(Array.from({ length: 14 }, ask));
    expect(answers.filter(({ status }) => status === 202)).toHaveLength(10);
    for (const { body, headers } of answers.filter(({ status }) => status !== 202)) {
      // Fourteen hours until midnight in the city.
      expect(body).toMatchObject({ code: 'rate-limited', facts: { most: 10, retryAfterSeconds: 14 * 3_600 } });
      expect(headers['retry-after']).toBe(String(14 * 3_600));
    }
    expect((await waiting(elder)).sent).toHaveLength(10);
    wait(14 * 3_600);
    elder = await signedInAgain(elder);
    expect((await ask()).status).toBe(202);
  });

  test('are counted once under one Idempotency-Key', async () => {
    const elder = await resident();
    const phone = newPhone();
    for (let again = 0; again < 12; again += 1) {
      expect((await give(elder, 'proxy', elder.personId, phone, 'k1')).status).toBe(202);
    }
  });
});

describe('others', () => {
  test('neither give nor end what is not theirs', async () => {
    const [elder, helper, stranger] = await Promise.all([resident(), resident(), resident()]);
    await giveTo(elder, 'proxy', elder.personId, helper);
    const [grant] = (await grantsOf(elder)).given;
    expect((await end(stranger, elder.personId, grant?.grantId ?? '')).body.code).toBe('no-authority');
    expect((await end(stranger, stranger.personId, grant?.grantId ?? '')).body.code).toBe('not-found');
    expect((await give(stranger, 'proxy', elder.personId, stranger.phone)).body.code).toBe('no-authority');
  });
});
