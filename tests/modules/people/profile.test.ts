import { beforeEach, describe, expect, test } from 'vitest';
import * as people from '../../../functions/people/handler.ts';
import { cityOf, setClock, tenants } from '../../support/invoke.ts';
import { resident } from '../../support/residents.ts';

const city = cityOf(people);
beforeEach(() => setClock('2026-02-10T02:00:00Z'));

describe('a person’s own record', () => {
  test('is shown with its version as ETag, and nothing that is not named', async () => {
    const chen = await resident();
    const { status, body, headers } = await city.get(`/v1/people/${chen.personId}`, { as: chen });
    expect(status).toBe(200);
    expect(headers['etag']).toBe('"1"');
    expect(Object.keys(body.person).sort()).toEqual(['name', 'personId', 'phoneMasked', 'version']);
  });

  test('is changed by who has read the latest version', async () => {
    const chen = await resident();
    const change = { name: '陈晓明', birthDate: '1988-08-08', district: '荔城区' };
    const changed = await city.patch(`/v1/people/${chen.personId}`, { as: chen, ifMatch: '"1"', body: change });
    expect(changed.status, changed.text).toBe(200);
    expect(changed.body.person).toMatchObject({ ...change, version: 2 });
    expect(changed.headers['etag']).toBe('"2"');
  });

  test('of two changes to one version keeps one', async () => {
    const chen = await resident();
    const change = (name: string) =>
      city.patch(`/v1/people/${chen.personId}`, { as: chen, ifMatch: '"1"', body: { name } });
    const answers = await Promise.all(['甲', '乙', '丙'].map(change));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 412, 412]);
    expect(answers.find(({ status }) => status === 412)?.body.code).toBe('precondition-failed');
  });

  test('needs the version that was read', async () => {
    const chen = await resident();
    const patch = (ifMatch?: string) =>
      city.patch(`/v1/people/${chen.personId}`, { as: chen, body: { name: '乙' }, ...(ifMatch ? { ifMatch } : {}) });
    expect((await patch()).body.code).toBe('precondition-required');
    expect((await patch('"something"')).body.code).toBe('precondition-failed');
    expect((await patch('W/"1"')).status).toBe(200);
  });

  test('takes no unknown field and no control character', async () => {
    const chen = await resident();
    const patch = (body: object) => city.patch(`/v1/people/${chen.personId}`, { as: chen, ifMatch: '"1"', body });
    expect((await patch({ version: 9 })).body.fields).toEqual([
      { at: 'body.version', rule: 'unknown-field', message: 'unknown field' },
    ]);
    expect((await patch({ name: '甲\u0007' })).status).toBe(422);
  });

  test('is closed to others, whether it exists or not', async () => {
    const [chen, lin] = await Promise.all([resident(), resident('林')]);
    const path = `/v1/people/${chen.personId}`;
    expect((await city.get(path, { as: lin })).body.code).toBe('no-authority');
    expect((await city.get('/v1/people/p0000000000000000', { as: lin })).body.code).toBe('no-authority');
    expect((await city.patch(path, { as: lin, ifMatch: '"1"', body: { name: '乙' } })).body.code).toBe('no-authority');
    expect((await city.get(`${path}/reads`, { as: lin })).body.code).toBe('no-authority');
    expect((await city.get(path)).body.code).toBe('not-signed-in');
  });

  test('is unknown in another city', async () => {
    const chen = await resident();
    const foreign = await resident('外地人', { tenantId: tenants()[1] });
    const answer = await city.get(`/v1/people/${chen.personId}`, { as: foreign, tenantId: tenants()[1] });
    expect(answer.body.code).toBe('no-authority');
  });
});
