import { beforeEach, describe, expect, test } from 'vitest';
import * as people from '../../functions/people/handler.ts';
import { cityOf, setClock } from '../support/invoke.ts';
import { takeMessages } from '../support/messages.ts';
import { newPhone, type Resident, resident } from '../support/residents.ts';

const city = cityOf(people);
beforeEach(() => setClock('2026-02-10T02:00:00Z'));

type GrantShown = { grantId: string; holder: { personId: string; name: string }; endedAt?: string };

const give = (as: Resident, kind: 'proxy' | 'guardian', subjectId: string, holderPhone: string, key?: string) =>
  city.post('/v1/grants', {
    as,
    body: { kind, subjectId, holderPhone },
    ...(key ? { idempotencyKey: key } : {}),
  });
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

describe('a proxy', () => {
  test('is named by phone, may act at once, and learns of it by message', async () => {
    const [elder, helper] = await Promise.all([resident('郑老'), resident('吴小红')]);
    const answer = await give(elder, 'proxy', elder.personId, helper.phone);
    expect([answer.status, answer.body]).toEqual([202, { accepted: true }]);
    expect(await actsFor(helper)).toContain(elder.personId);
    expect(await takeMessages()).toEqual([
      expect.objectContaining({ kind: 'grant-received', personId: helper.personId, subjectName: '郑老' }),
    ]);
    const { given } = await grantsOf(elder);
    expect(given).toHaveLength(1);
    // Whoever only knows a number does not learn the name behind it.
    expect(given[0]?.holder.name).toBe('吴*红');
    expect((await grantsOf(helper)).held[0]?.grantId).toBe(given[0]?.grantId);
  });

  test('of an unknown number gets the same answer, and nothing happens', async () => {
    const [elder, helper] = await Promise.all([resident(), resident()]);
    const known = await give(elder, 'proxy', elder.personId, helper.phone);
    await takeMessages();
    const unknown = await give(elder, 'proxy', elder.personId, newPhone());
    const again = await give(elder, 'proxy', elder.personId, helper.phone);
    const oneself = await give(elder, 'proxy', elder.personId, elder.phone);
    for (const { status, text } of [unknown, again, oneself]) expect([status, text]).toEqual([202, known.text]);
    expect((await grantsOf(elder)).given).toHaveLength(1);
    expect(await takeMessages()).toEqual([]);
  });

  test('is given once under one Idempotency-Key, and another body under it is refused', async () => {
    const [elder, helper, other] = await Promise.all([resident(), resident(), resident()]);
    await give(elder, 'proxy', elder.personId, helper.phone, 'k1');
    expect((await give(elder, 'proxy', elder.personId, helper.phone, 'k1')).status).toBe(202);
    expect((await give(elder, 'proxy', elder.personId, other.phone, 'k1')).body.code).toBe('idempotency-key-reused');
    expect(await actsFor(other)).toEqual([other.personId]);
    await takeMessages();
  });

  test.each(['elder', 'helper'] as const)('is ended by the %s, and the right is gone with it', async (side) => {
    const elder = await resident();
    const helper = await resident();
    await give(elder, 'proxy', elder.personId, helper.phone);
    const [grant] = (await grantsOf(elder)).given;
    const who = side === 'elder' ? elder : helper;
    expect((await end(who, who.personId, grant?.grantId ?? '')).status).toBe(204);
    expect(await actsFor(helper)).toEqual([helper.personId]);
    expect((await city.get(`/v1/people/${elder.personId}`, { as: helper })).body.code).toBe('no-authority');
    expect((await end(who, who.personId, grant?.grantId ?? '')).body.code).toBe('grant-ended');
    for (const shown of [(await grantsOf(elder)).given, (await grantsOf(helper)).held]) {
      expect(shown[0]).toMatchObject({ endedBy: who.personId, endedAt: expect.any(String) });
    }
    await give(elder, 'proxy', elder.personId, helper.phone);
    expect(await actsFor(helper)).toContain(elder.personId);
    await takeMessages();
  });

  test('passes nothing on', async () => {
    const [elder, helper, other] = await Promise.all([resident(), resident(), resident()]);
    await give(elder, 'proxy', elder.personId, helper.phone);
    expect((await give(helper, 'proxy', elder.personId, other.phone)).body.code).toBe('no-authority');
    expect((await city.get(`/v1/people/${elder.personId}/grants`, { as: helper })).body.code).toBe('no-authority');
    await takeMessages();
  });
});

describe('guardians', () => {
  test('let another adult be one, and either ends it for the child', async () => {
    const [mother, father] = await Promise.all([resident('陈母'), resident('陈父')]);
    const childId = await childOf(mother);
    await give(mother, 'guardian', childId, father.phone);
    expect(await actsFor(father)).toContain(childId);
    const [own, his] = (await grantsOf(father, childId)).given.sort((a) =>
      a.holder.personId === mother.personId ? -1 : 1,
    );
    expect(own?.holder.personId).toBe(mother.personId);
    expect((await end(mother, childId, his?.grantId ?? '')).status).toBe(204);
    expect(await actsFor(father)).toEqual([father.personId]);
    expect(await actsFor(mother)).toContain(childId);
    await takeMessages();
  });

  test('are for children only', async () => {
    const [chen, lin] = await Promise.all([resident(), resident()]);
    const answer = await give(chen, 'guardian', chen.personId, lin.phone);
    expect(answer.body.fields[0].rule).toBe('guardian-of-child');
  });
});

describe('others', () => {
  test('neither give nor end what is not theirs', async () => {
    const [elder, helper, stranger] = await Promise.all([resident(), resident(), resident()]);
    await give(elder, 'proxy', elder.personId, helper.phone);
    const [grant] = (await grantsOf(elder)).given;
    expect((await end(stranger, elder.personId, grant?.grantId ?? '')).body.code).toBe('no-authority');
    expect((await end(stranger, stranger.personId, grant?.grantId ?? '')).body.code).toBe('not-found');
    expect((await give(stranger, 'proxy', elder.personId, stranger.phone)).body.code).toBe('no-authority');
    await takeMessages();
  });
});
