import { beforeEach, describe, expect, expectTypeOf, test, vi } from 'vitest';
import type { Booking } from '../../../shared/contracts/bookings.ts';
import type { RoomId, SessionId } from '../../../shared/contracts/common.ts';
import { callApi, fetchFile } from '../../../web/src/lib/api.ts';

vi.mock('../../../web/src/lib/tokens.ts', () => ({ accessToken: async () => 'token' }));
vi.mock('../../../web/src/lib/preferences.ts', () => ({ currentLanguage: () => 'en' }));

const fetched = vi.fn<(address: string, request: RequestInit) => Promise<Response>>();
const answerWith = (response: Response) => fetched.mockResolvedValueOnce(response);
const sent = () => {
  const [address, { method, headers, body } = {}] = fetched.mock.lastCall ?? [];
  return { line: `${method} ${address}`, headers, body };
};

beforeEach(() => {
  fetched.mockReset();
  vi.stubGlobal('fetch', fetched);
});

const roomId: RoomId = 'yuhu.hall';
const wanted = {
  date: '2026-03-02',
  startsAt: '09:00',
  endsAt: '10:00',
  beneficiaryId: 'p0000000000000000',
  purpose: 'Chess',
};

describe('a request is sent as its route says', () => {
  test('with path parameters and query in the address, and what is undefined left out', async () => {
    answerWith(Response.json({ days: [] }));
    const query = { from: '2026-03-02', days: 7, offeringId: undefined };
    expect(await callApi('GET /v1/rooms/{roomId}/availability', { path: { roomId: 'a b/c' }, query })).toEqual({
      days: [],
    });
    expect(sent()).toEqual({
      line: 'GET /v1/rooms/a%20b%2Fc/availability?from=2026-03-02&days=7',
      headers: { 'accept-language': 'en', authorization: 'Bearer token' },
      body: null,
    });
  });

  test('with a body and the key of its intent', async () => {
    answerWith(Response.json({ booking: {} }));
    await callApi('POST /v1/rooms/{roomId}/bookings', { path: { roomId }, body: wanted, key: 'k1' });
    expect(sent().headers).toMatchObject({ 'content-type': 'application/json', 'idempotency-key': 'k1' });
    expect(sent().body).toBe(JSON.stringify(wanted));
  });

  test('with the version that was read', async () => {
    answerWith(Response.json({ person: {} }));
    const body = { school: 'Yuhu Primary' };
    await callApi('PATCH /v1/people/{personId}', { path: { personId: 'p1' }, body, ifMatch: '"3"' });
    expect(sent()).toMatchObject({ line: 'PATCH /v1/people/p1', headers: { 'if-match': '"3"' } });
  });

  test('an answer without a body is undefined, a file a blob', async () => {
    answerWith(new Response(null, { status: 204 }));
    expect(await callApi('POST /v1/sign-out', { body: { everywhere: false } })).toBeUndefined();
    answerWith(new Response('BEGIN:VCALENDAR'));
    const path = { personId: 'p1', bookingId: 'b1' };
    const file = await fetchFile('GET /v1/people/{personId}/bookings/{bookingId}/calendar.ics', { path });
    expect(await file.text()).toBe('BEGIN:VCALENDAR');
  });
});

/** Compiled and never run: what does not fit the contracts does not compile. */
async function misuses(sessionId: SessionId): Promise<void> {
  // @ts-expect-error There is no such route.
  await callApi('GET /v1/rooms/{roomId}/availabilty', { path: { roomId }, query: { from: '2026-03-02' } });
  // @ts-expect-error A path parameter is missing.
  await callApi('GET /v1/rooms/{roomId}/availability', { query: { from: '2026-03-02' } });
  // @ts-expect-error The id of a session is no id of a room.
  await callApi('GET /v1/rooms/{roomId}/availability', { path: { roomId: sessionId }, query: { from: '2026-03-02' } });
  // @ts-expect-error The query has no such field.
  await callApi('GET /v1/rooms/{roomId}/availability', { path: { roomId }, query: { from: '2026-03-02', until: '' } });
  // @ts-expect-error A field of the body is missing.
  await callApi('POST /v1/rooms/{roomId}/bookings', { path: { roomId }, body: { date: '2026-03-02' } });
  // @ts-expect-error A change names the version that was read.
  await callApi('PATCH /v1/people/{personId}', { path: { personId: 'p1' }, body: {} });
  // @ts-expect-error Nobody would read this key.
  await callApi('POST /v1/invitations/{invitationId}/decline', { path: { invitationId: 'i1' }, key: 'k1' });
  // @ts-expect-error A file is fetched as one.
  await callApi('GET /v1/people/{personId}/bookings/{bookingId}/calendar.ics', { path: {} });
  const { booking } = await callApi('POST /v1/rooms/{roomId}/bookings', { path: { roomId }, body: wanted });
  // @ts-expect-error The answer has no such field.
  void booking.roomName;
}

test('an answer has the type of its contract', () => {
  expectTypeOf(misuses).returns.resolves.toBeVoid();
  expectTypeOf(callApi<'POST /v1/rooms/{roomId}/bookings'>).returns.resolves.toEqualTypeOf<{ booking: Booking }>();
  expectTypeOf(callApi<'POST /v1/sign-out'>).returns.resolves.toBeUndefined();
});
