import { randomUUID } from 'node:crypto';
import { afterAll, describe, expect, test } from 'vitest';
import { startTestCity } from '../../support/city.ts';
import { deployedOperations } from './openapi.ts';
import { requests } from './requests/index.ts';
import { actorOf, newScene, peopledCity, type Role, roles } from './scene.ts';

const city = await startTestCity();
afterAll(() => city.stop());
const officials = await peopledCity();
const { operations } = await deployedOperations(city);

/**
 * Who may what. Every request is about one child (`self`), its guardian's household, the center Yuhu and the operator op-a; `elsewhere`
 * are staff of another center and of another operator, `otherCity` is a resident of another city.
 *
 *   ok: done · once: done, by one of those who change the same version at the same moment · 401: sign in first · no: no authority over this person · not: not one's post · 404: nothing here
 *   409: in a household already, its last adult, or under age · 410: no such invitation to or of oneself · code: a wrong sign-in code · key: a wrong key
 */
const table = `
                                                             anon self guard strng staff else oper else offic admin city
  GET   /v1/openapi.json                                     ok   ok   ok    ok    ok    ok   ok   ok   ok    ok    ok
  GET   /v1/health                                           ok   ok   ok    ok    ok    ok   ok   ok   ok    ok    ok
  GET   /.well-known/jwks.json                               ok   ok   ok    ok    ok    ok   ok   ok   ok    ok    ok
  POST  /v1/sign-in/codes                                    ok   ok   ok    ok    ok    ok   ok   ok   ok    ok    ok
  POST  /v1/sign-in                                          code code code  code  code  code code code code  code  code
  POST  /v1/sign-in/service                                  key  key  key   key   key   key  key  key  key   key   key
  POST  /v1/sign-in/refresh                                  401  401  401   401   401   401  401  401  401   401   401
  POST  /v1/sign-out                                         401  ok   ok    ok    ok    ok   ok   ok   ok    ok    ok

  GET   /v1/me                                               401  ok   ok    ok    ok    ok   ok   ok   ok    ok    ok
  POST  /v1/people                                           401  not  not   not   ok    ok   not  not  not   ok    not
  POST  /v1/people/search                                    401  not  not   not   ok    ok   not  not  not   ok    not
  GET   /v1/people/{personId}                                401  ok   ok    no    ok    ok   no   no   no    ok    no
  PATCH /v1/people/{personId}                                401  ok   ok    no    no    no   no   no   no    no    no
  POST  /v1/people/{personId}/confirmed                      401  not  not   not   ok    ok   not  not  not   ok    not
  GET   /v1/people/{personId}/reads                          401  ok   ok    no    no    no   no   no   no    no    no
  GET   /v1/people/{personId}/grants                         401  ok   ok    no    no    no   no   no   no    no    no
  POST  /v1/grants                                           401  ok   ok    no    no    no   no   no   no    no    no
  POST  /v1/people/{personId}/grants/{grantId}/end           401  ok   ok    no    no    no   no   no   no    no    no
  PATCH /v1/people/{personId}/grants/{grantId}               401  ok   ok    no    no    no   no   no   no    no    no
  GET   /v1/people/{personId}/limits                         401  not  not   not   not   not  not  not  not   ok    not
  POST  /v1/people/{personId}/limits                         401  not  not   not   not   not  not  not  not   ok    not
  POST  /v1/people/{personId}/limits/{limitId}/lift          401  not  not   not   not   not  not  not  not   ok    not

  POST  /v1/households                                       401  409  409   ok    ok    ok   ok   ok   ok    ok    ok
  GET   /v1/households/{householdId}                         401  ok   ok    no    no    no   no   no   no    no    no
  POST  /v1/households/{householdId}/members                 401  no   ok    no    no    no   no   no   no    no    no
  POST  /v1/households/{householdId}/invitations             401  no   ok    no    no    no   no   no   no    no    no
  POST  /v1/households/{householdId}/leave                   401  no   409   no    no    no   no   no   no    no    no
  POST  /v1/households/{householdId}/merges/{mergeId}/undo   401  no   ok    ok    no    no   no   no   no    no    no
  GET   /v1/invitations                                      401  ok   ok    ok    ok    ok   ok   ok   ok    ok    ok
  POST  /v1/invitations/{invitationId}/accept                401  410  410   ok    410   410  410  410  410   410   410
  POST  /v1/invitations/{invitationId}/decline               401  410  410   ok    410   410  410  410  410   410   410
  POST  /v1/invitations/{invitationId}/withdraw              401  410  ok    410   410   410  410  410  410   410   410

  POST  /v1/posts                                            401  not  not   not   not   not  not  not  ok    ok    not
  GET   /v1/posts                                            401  not  not   not   not   not  not  not  ok    ok    not
  POST  /v1/people/{personId}/posts/{postId}/end             401  not  not   not   not   not  not  not  ok    ok    not

  POST  /v1/service-accounts                                 401  not  not   not   not   not  not  not  ok    ok    not
  GET   /v1/service-accounts                                 401  not  not   not   not   not  not  not  ok    ok    not
  POST  /v1/service-accounts/{accountId}/rotate              401  not  not   not   not   not  not  not  ok    ok    not
  POST  /v1/service-accounts/{accountId}/end                 401  not  not   not   not   not  not  not  ok    ok    not

  GET   /v1/centers                                          ok   ok   ok    ok    ok    ok   ok   ok   ok    ok    ok
  GET   /v1/centers/{centerId}                               ok   ok   ok    ok    ok    ok   ok   ok   ok    ok    404
  GET   /v1/centers/{centerId}/opening                       ok   ok   ok    ok    ok    ok   ok   ok   ok    ok    404
  GET   /v1/rooms/{roomId}/availability                      ok   ok   ok    ok    ok    ok   ok   ok   ok    ok    404
  GET   /v1/centers/{centerId}/rooms-week                    ok   ok   ok    ok    ok    ok   ok   ok   ok    ok    404
  POST  /v1/rooms/{roomId}/bookings                          401  ok   ok    no    no    no   no   no   no    no    no
  GET   /v1/centers/{centerId}/sessions                      ok   ok   ok    ok    ok    ok   ok   ok   ok    ok    ok
  GET   /v1/sessions/{sessionId}                             ok   ok   ok    ok    ok    ok   ok   ok   ok    ok    404
  POST  /v1/session-bookings                                 401  ok   ok    no    no    no   no   no   no    no    no
  POST  /v1/session-bookings/quote                           401  ok   ok    no    no    no   no   no   no    no    no

  GET   /v1/waiting                                          401  ok   ok    ok    ok    ok   ok   ok   ok    ok    ok
  POST  /v1/people/{personId}/waiting/{sessionId}/leave      401  ok   ok    no    ok    no   no   no   no    ok    no
  GET   /v1/sessions/{sessionId}/waiting-decisions           401  ok   ok    ok    ok    ok   ok   ok   ok    ok    404
  GET   /v1/people/{personId}/standing                       401  ok   ok    no    no    no   no   no   no    no    no
  POST  /v1/people/{personId}/no-shows/{bookingId}/appeal    401  ok   ok    no    no    no   no   no   no    no    no
  POST  /v1/people/{personId}/no-shows/{bookingId}/decision  401  not  not   not   ok    not  not  not  not   ok    not
  GET   /v1/centers/{centerId}/no-show-appeals               401  not  not   not   ok    not  not  not  not   ok    not
  GET   /v1/orders/{orderId}                                 401  ok   ok    404   ok    404  404  404  404   ok    404
  POST  /v1/orders/{orderId}/confirm                         401  ok   ok    404   ok    404  404  404  404   ok    404
  POST  /v1/orders/{orderId}/decline                         401  ok   ok    404   ok    404  404  404  404   ok    404
  POST  /v1/orders/{orderId}/approve                         401  not  not   404   ok    404  404  404  404   ok    404
  POST  /v1/orders/{orderId}/reject                          401  not  not   404   ok    404  404  404  404   ok    404
  GET   /v1/centers/{centerId}/approvals                     401  not  not   not   ok    not  not  not  not   ok    not

  POST  /v1/series/preview                                   401  ok   ok    no    no    no   no   no   no    no    no
  POST  /v1/series                                           401  ok   ok    no    no    no   no   no   no    no    no
  GET   /v1/series                                           401  ok   ok    ok    ok    ok   ok   ok   ok    ok    ok
  GET   /v1/series/{seriesId}                                401  ok   ok    no    ok    no   no   no   no    ok    404
  POST  /v1/series/{seriesId}/continue                       401  ok   ok    no    ok    no   no   no   no    ok    404
  POST  /v1/series/{seriesId}/preview                        401  ok   ok    no    ok    no   no   no   no    ok    404
  PATCH /v1/series/{seriesId}                                401  ok   ok    no    ok    no   no   no   no    ok    404

  GET   /v1/rounds                                           ok   ok   ok    ok    ok    ok   ok   ok   ok    ok    ok
  GET   /v1/rounds/{roundId}                                 ok   ok   ok    ok    ok    ok   ok   ok   ok    ok    404
  GET   /v1/rounds/{roundId}/publication                     409  409  409   409   409   409  409  409  409   409   404
  POST  /v1/rounds                                           401  not  not   not   ok    not  not  not  ok    ok    not
  GET   /v1/rounds/{roundId}/applications                    401  ok   ok    ok    ok    ok   ok   ok   ok    ok    404
  POST  /v1/rounds/{roundId}/applications                    401  ok   ok    no    no    no   no   no   no    no    no
  POST  /v1/rounds/{roundId}/applications/{applicationId}/change 401 ok ok   no    no    no   no   no   no    no    404
  POST  /v1/rounds/{roundId}/applications/{applicationId}/withdraw 401 ok ok no    no    no   no   no   no    no    404
  GET   /v1/rounds/{roundId}/claims                          401  not  not   not   ok    not  not  not  ok    ok    404
  POST  /v1/rounds/{roundId}/claims/{applicationId}          401  not  not   not   ok    not  not  not  ok    ok    404

  GET   /v1/bookings                                         401  ok   ok    ok    ok    ok   ok   ok   ok    ok    ok
  GET   /v1/people/{personId}/bookings/{bookingId}           401  ok   ok    no    ok    no   no   no   no    ok    no
  GET   /v1/people/{personId}/bookings/{bookingId}/cancellation 401 ok ok    no    ok    no   no   no   no    ok    no
  POST  /v1/people/{personId}/bookings/{bookingId}/cancel    401  ok   ok    no    ok    no   no   no   no    ok    no
  GET   /v1/people/{personId}/bookings/{bookingId}/calendar.ics 401 ok ok    no    ok    no   no   no   no    ok    no

  GET   /v1/people/{personId}/bookings/{bookingId}/entry-code 401 ok ok    no    ok    no   no   no   no    ok    no
  POST  /v1/doors/{roomId}/entries                           401  401  401   401   401   401  401  401  401   401   401
  GET   /v1/centers/{centerId}/door-keys                     401  not  not   not   ok    not  not  not  not   ok    not
  POST  /v1/doors/{roomId}/keys                              401  not  not   not   ok    not  not  not  not   ok    not
  POST  /v1/doors/{roomId}/keys/{keyId}/revoke               401  not  not   not   ok    not  not  not  not   ok    not

  POST  /v1/calendar-feeds                                   401  ok   ok    no    no    no   no   no   no    no    no
  GET   /v1/calendar-feeds                                   401  ok   ok    ok    ok    ok   ok   ok   ok    ok    ok
  POST  /v1/calendar-feeds/{feedId}/revoke                   401  404  ok    404   404   404  404  404  404   404   404
  GET   /v1/calendar-feeds/{file}                            ok   ok   ok    ok    ok    ok   ok   ok   ok    ok    404

  GET   /v1/waivers                                          ok   ok   ok    ok    ok    ok   ok   ok   ok    ok    ok
  POST  /v1/waivers                                          401  not  not   not   not   not  not  not  ok    ok    not
  GET   /v1/waivers/{waiverId}                               ok   ok   ok    ok    ok    ok   ok   ok   ok    ok    404
  PUT   /v1/waivers/{waiverId}/offerings/{offeringId}        401  not  not   not   ok    not  not  not  ok    ok    not
  GET   /v1/people/{personId}/waivers                        401  ok   ok    no    no    no   no   no   no    no    no
  POST  /v1/people/{personId}/waivers/{waiverId}/sign        401  409  ok    no    no    no   no   no   no    no    no

  GET   /v1/rules                                            ok   ok   ok    ok    ok    ok   ok   ok   ok    ok    ok
  PUT   /v1/rules                                            401  not  not   not   not   not  not  not  once  once  not
  GET   /v1/pass-kinds                                       ok   ok   ok    ok    ok    ok   ok   ok   ok    ok    ok
  PUT   /v1/pass-kinds                                       401  not  not   not   not   not  not  not  once  once  not
  GET   /v1/people/{personId}/allowances                     401  ok   ok    no    ok    ok   no   no   no    ok    no
  POST  /v1/people/{personId}/passes                         401  not  not   not   ok    ok   not  not  not   ok    not
  POST  /v1/people/{personId}/passes/{passId}/parts/{part}/paid 401 not not  not   ok    ok   not  not  not   ok    not
  POST  /v1/people/{personId}/funds                          401  not  not   not   not   not  not  not  ok    ok    not
  GET   /v1/people/{personId}/statement                      401  ok   ok    no    no    no   no   no   no    no    no

  GET   /v1/centers/{centerId}/board                         401  not  not   not   ok    not  not  not  not   ok    not
  POST  /v1/centers/{centerId}/attendance                    401  not  not   not   ok    not  not  not  not   ok    not
  POST  /v1/centers/{centerId}/attendance/by-code            401  not  not   not   ok    not  not  not  not   ok    not
  POST  /v1/centers/{centerId}/bookings                      401  not  not   not   ok    not  not  not  not   ok    not

  POST  /v1/centers/{centerId}/closures/preview              401  not  not   not   ok    not  not  not  not   ok    not
  POST  /v1/centers/{centerId}/closures                      401  not  not   not   ok    not  not  not  not   ok    not
  GET   /v1/centers/{centerId}/closures                      401  not  not   not   ok    not  not  not  not   ok    not
  GET   /v1/centers/{centerId}/closures/{closureId}          401  not  not   not   ok    not  not  not  not   ok    not
  POST  /v1/centers/{centerId}/closures/{closureId}/lift     401  not  not   not   ok    not  not  not  not   ok    not

  GET   /v1/operators                                        ok   ok   ok    ok    ok    ok   ok   ok   ok    ok    ok
  GET   /v1/operators/{operatorId}                           ok   ok   ok    ok    ok    ok   ok   ok   ok    ok    404
  GET   /v1/operators/{operatorId}/sessions                  401  not  not   not   not   not  ok   not  ok    ok    not
  GET   /v1/operators/{operatorId}/sessions/{sessionId}/roster 401 not not   not   not   not  ok   not  ok    ok    not
`;

const meanings: Readonly<Record<string, readonly string[]>> = {
  ok: ['ok'],
  once: ['ok', '412 precondition-failed'],
  '401': ['401 not-signed-in'],
  no: ['403 no-authority'],
  not: ['403 forbidden'],
  '404': ['404 not-found'],
  '409': ['409 already-in-household', '409 last-adult', '409 round-not-drawn', '409 adults-only'],
  '410': ['410 invitation-gone'],
  code: ['401 sign-in-code-wrong'],
  key: ['401 service-key-wrong'],
};

const rows = table
  .trim()
  .split('\n')
  .slice(1)
  .filter((line) => line.trim() !== '')
  .map((line) => {
    const [method = '', path = '', ...cells] = line.trim().split(/\s+/);
    return { key: `${method} ${path}`, cells };
  });

describe('the table of rights', () => {
  const deployed = operations.map(({ key }) => key).sort();

  test('names every route that is deployed, and no other', () => {
    expect(rows.map(({ key }) => key).sort()).toEqual(deployed);
    expect(Object.keys(requests).sort()).toEqual(deployed);
  });

  test('says something about everybody', () => {
    for (const { key, cells } of rows)
      expect(
        cells.filter((cell) => cell in meanings),
        key,
      ).toHaveLength(roles.length);
  });

  test('lets nobody in without a token but where the document says so', () => {
    const open = operations.filter(({ isPublic }) => isPublic).map(({ key }) => key);
    const answered = rows.filter(({ cells }) => cells[0] !== '401').map(({ key }) => key);
    expect([...answered, 'POST /v1/sign-in/refresh'].sort()).toEqual(open.sort());
  });
});

/** A request of its own scene. Who is refused changes nothing, so all of them share one; so does everybody who only reads. */
async function ask(key: string) {
  const scene = await newScene();
  const request = await requests[key]?.({ city, scene, officials });
  if (!request) throw new Error(`no request for ${key}`);
  return { scene, ...request };
}

async function answerTo(key: string, role: Role, { scene, path, ...call }: Awaited<ReturnType<typeof ask>>) {
  const [method = ''] = key.split(' ');
  const as = actorOf(role, scene, officials);
  const { status, body, text } = await city.call(method, path, { ...call, as, idempotencyKey: randomUUID() });
  if (status < 300) return 'ok';
  return body?.code ? `${status} ${body.code}` : `${status} ${text}`;
}

test.each(rows.map(({ key, cells }) => [key, cells] as const))('%s', async (key, cells) => {
  const shared = await ask(key);
  const answers = await Promise.all(
    roles.map(async (role, index) => {
      const cell = cells[index] ?? '';
      const changes = cell === 'ok' && !key.startsWith('GET ');
      const answer = await answerTo(key, role, changes ? await ask(key) : shared);
      const expected = meanings[cell] ?? [];
      return { role, answer, expected: expected.includes(answer) ? answer : expected.join(' or ') };
    }),
  );
  expect(answers.map(({ role, answer }) => `${role}: ${answer}`)).toEqual(
    answers.map(({ role, expected }) => `${role}: ${expected}`),
  );
});

describe('staff who open a record', () => {
  test('say why, or are refused', async () => {
    const { child } = await newScene();
    const answer = await city.get(`/v1/people/${child.personId}`, { as: officials.staff });
    expect(answer).toMatchObject({ status: 403, body: { code: 'no-authority' } });
  });
});

describe('an address', () => {
  test.each(['/v1/nothing', '/v1', '/v1/people/p/unknown', '/v1/centers/yuhu/board/today', '/.well-known/nothing'])(
    '%s that there is not is a 404 in the shape of every refusal',
    async (path) => {
      for (const method of ['GET', 'POST', 'DELETE']) {
        const { status, headers, body } = await city.call(method, path);
        expect([status, body.code, headers['content-type']]).toEqual([
          404,
          'not-found',
          'application/problem+json; charset=utf-8',
        ]);
        expect(body.traceId).toBe(headers['trace-id']);
      }
    },
  );

  const methodsByPath = Map.groupBy(operations, ({ path }) => path);
  test.each([...methodsByPath.keys()])('%s takes no other method, and says which it takes', async (path) => {
    const taken = (methodsByPath.get(path) ?? []).flatMap(({ method }) =>
      method === 'GET' ? ['GET', 'HEAD'] : [method],
    );
    const concrete = path.replace(/\{\w+\}/g, 'x');
    for (const method of ['PUT', 'DELETE'].filter((one) => !taken.some((method) => method === one))) {
      const { status, headers, body } = await city.call(method, concrete);
      expect([status, body.code]).toEqual([405, 'method-not-allowed']);
      expect(headers['allow']?.split(', ').sort()).toEqual(taken.sort());
    }
  });
});
