import { beforeEach, describe, expect, test } from 'vitest';
import * as z from 'zod';
import * as people from '../../../functions/people/handler.ts';
import { keys } from '../../../shared/table/keys.ts';
import { get } from '../../../shared/table/read.ts';
import { cityOf, setClock, tenants } from '../../support/invoke.ts';
import { newCardNumber, type Resident, resident } from '../../support/residents.ts';

const city = cityOf(people);
beforeEach(() => setClock('2026-02-10T02:00:00Z'));

async function householdOf(founder: Resident): Promise<string> {
  const answer = await city.post('/v1/households', { as: founder, body: { name: '陈家' } });
  expect(answer.status, answer.text).toBe(201);
  return answer.body.householdId;
}

const child = { name: '陈一', birthDate: '2017-03-01', role: 'child' } as const;
const elder = { name: '陈老', birthDate: '1948-05-06', role: 'elder' } as const;

const add = (householdId: string, as: Resident, body: object, idempotencyKey?: string) =>
  city.post(`/v1/households/${householdId}/members`, { as, body, ...(idempotencyKey ? { idempotencyKey } : {}) });

describe('a household', () => {
  test('begins with its founder, who can found only one', async () => {
    const chen = await resident('陈小明');
    const founded = await city.post('/v1/households', { as: chen, body: { name: '陈家' } });
    expect(founded.body).toEqual({
      householdId: expect.stringMatching(/^h[0-9a-z]{16}$/),
      name: '陈家',
      members: [{ personId: chen.personId, name: '陈小明', role: 'adult', since: expect.any(String) }],
    });
    const again = await city.post('/v1/households', { as: chen, body: { name: '又一家' } });
    expect(again.body.code).toBe('already-in-household');
  });

  test('is founded once under one Idempotency-Key, and another name under it is refused', async () => {
    const chen = await resident();
    const found = (name: string) => city.post('/v1/households', { as: chen, body: { name }, idempotencyKey: 'k1' });
    const first = await found('陈家');
    const again = await found('陈家');
    expect(again.status).toBe(201);
    expect(again.headers['idempotency-replayed']).toBe('true');
    expect(first.headers['idempotency-replayed']).toBeUndefined();
    expect(again.body).toEqual(first.body);
    expect((await found('别家')).body.code).toBe('idempotency-key-reused');
  });

  test('takes a child, whose guardian is who added it', async () => {
    const chen = await resident();
    const householdId = await householdOf(chen);
    const added = await add(householdId, chen, child);
    expect(added.status, added.text).toBe(201);
    const { personId } = added.body.person;
    const me = await city.get('/v1/me', { as: chen });
    expect(me.body.actsFor).toEqual([
      { personId: chen.personId, name: '陈小明', as: 'self' },
      {
        personId,
        name: '陈一',
        birthDate: '2017-03-01',
        as: 'guardian',
        grantId: expect.any(String),
        rights: ['book', 'pickup', 'manage'],
      },
    ]);
    const seen = await city.get(`/v1/households/${householdId}`, { as: chen });
    expect(seen.body.members.map(({ name, role }: { name: string; role: string }) => [name, role]).sort()).toEqual(
      [
        ['陈一', 'child'],
        ['陈小明', 'adult'],
      ].sort(),
    );
    // A guardian changes the child's record as their own.
    const change = { as: chen, ifMatch: '"1"', body: { district: '城厢区' } };
    expect((await city.patch(`/v1/people/${personId}`, change)).status).toBe(200);
  });

  test('takes an elder by card, whose proxy sees but does not change the record', async () => {
    const chen = await resident();
    const householdId = await householdOf(chen);
    const cardNumber = newCardNumber('1948-05-06');
    const { body, status, text } = await add(householdId, chen, { ...elder, cardNumber });
    expect(status, text).toBe(201);
    expect(body.person.cardMasked).toBe(`350${'*'.repeat(11)}${cardNumber.slice(-4)}`);
    const { personId } = body.person;
    expect((await city.get(`/v1/people/${personId}`, { as: chen })).status).toBe(200);
    const patched = await city.patch(`/v1/people/${personId}`, { as: chen, ifMatch: '"1"', body: { name: '别名' } });
    expect(patched.body.code).toBe('no-authority');
    const stored = await get(keys.people.profile(tenants()[0], personId), z.looseObject({}));
    expect(JSON.stringify(stored)).not.toContain(cardNumber);
    const twice = await add(householdId, chen, { ...elder, cardNumber });
    expect(twice.body.code).toBe('person-exists');
    expect(twice.body.facts).toBeUndefined();
  });

  test('takes a member once under one Idempotency-Key', async () => {
    const chen = await resident();
    const householdId = await householdOf(chen);
    const first = await add(householdId, chen, child, 'k1');
    const again = await add(householdId, chen, child, 'k1');
    expect(again.body).toEqual(first.body);
    expect(again.headers['idempotency-replayed']).toBe('true');
    expect((await add(householdId, chen, { ...child, name: '陈二' }, 'k1')).status).toBe(422);
    expect((await city.get(`/v1/households/${householdId}`, { as: chen })).body.members).toHaveLength(2);
  });

  test('takes only who is what they are said to be', async () => {
    const chen = await resident();
    const householdId = await householdOf(chen);
    const ruleOf = async (body: object) => (await add(householdId, chen, body)).body.fields?.[0]?.rule;
    expect(await ruleOf({ ...child, birthDate: '2008-02-10' })).toBe('child-age');
    expect(await ruleOf({ ...child, birthDate: '2008-02-11' })).toBeUndefined();
    expect(await ruleOf({ ...elder, birthDate: '1966-02-11' })).toBe('elder-age');
    expect(await ruleOf({ ...elder, birthDate: '1966-02-10' })).toBeUndefined();
    expect(await ruleOf({ ...child, birthDate: '2026-02-11' })).toBe('future');
    const wrongCard = newCardNumber('1950-01-01');
    expect((await add(householdId, chen, { ...elder, cardNumber: wrongCard })).body.code).toBe('resident-id-check');
    const brokenCard = wrongCard.slice(0, 17) + (wrongCard.endsWith('1') ? '2' : '1');
    expect((await add(householdId, chen, { ...elder, cardNumber: brokenCard })).body.code).toBe('resident-id-check');
  });

  test('has at most twelve members, also when many are added at once', async () => {
    const chen = await resident();
    const householdId = await householdOf(chen);
    const answers = await Promise.all(
      Array.from({ length: 14 }, (_, index) => add(householdId, chen, { ...child, name: `孩子${index}` })),
    );
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(11);
    const refused = answers.filter(({ status }) => status !== 201);
    expect(refused.map(({ body }) => body.code)).toEqual(Array(3).fill('too-many-members'));
    expect((await city.get(`/v1/households/${householdId}`, { as: chen })).body.members).toHaveLength(12);
  });

  test('is closed to others, whether it exists or not', async () => {
    const [chen, lin] = await Promise.all([resident(), resident('林')]);
    const householdId = await householdOf(chen);
    for (const id of [householdId, 'h0000000000000000']) {
      expect((await city.get(`/v1/households/${id}`, { as: lin })).body.code).toBe('no-authority');
      expect((await add(id, lin, child)).body.code).toBe('no-authority');
    }
  });
});
