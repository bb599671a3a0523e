import * as z from 'zod';
import { bookingId, centerId, doorKeyId, nothing, personId, roomId } from '../common.ts';
import { doorKeyCreate, doorKeyCreated, doorKeysAnswer, entryAnswer, entryCodeAnswer, entryRequest } from '../doors.ts';
import { endpoint } from '../endpoint.ts';

export const readEntryCode = endpoint({
  method: 'GET',
  path: '/v1/people/{personId}/bookings/{bookingId}/entry-code',
  auth: 'signed-in',
  summary: 'The door code of a booking that has a room, and when it opens.',
  summaryZh: '有场地的预约的门禁码及其生效时间。',
  pathParams: z.strictObject({ personId, bookingId }),
  answers: { 200: entryCodeAnswer },
  problems: ['no-authority', 'not-found'],
});

export const enterDoor = endpoint({
  method: 'POST',
  path: '/v1/doors/{roomId}/entries',
  auth: 'own-key',
  summary: 'A lock asks whether a code opens its room’s door now.',
  summaryZh: '门锁询问：这个码现在能否开此场地的门。',
  pathParams: z.strictObject({ roomId }),
  body: entryRequest,
  answers: { 200: entryAnswer },
  problems: ['entry-refused', 'rate-limited'],
});

export const listDoorKeys = endpoint({
  method: 'GET',
  path: '/v1/centers/{centerId}/door-keys',
  auth: 'signed-in',
  summary: 'The keys of all doors of a center, for its staff.',
  summaryZh: '一个中心所有门的密钥，供其工作人员查看。',
  pathParams: z.strictObject({ centerId }),
  answers: { 200: doorKeysAnswer },
  problems: ['forbidden'],
});

export const createDoorKey = endpoint({
  method: 'POST',
  path: '/v1/doors/{roomId}/keys',
  auth: 'signed-in',
  summary: 'Make a key for the lock of a room’s door. It is told this once.',
  summaryZh: '为一个场地的门锁生成密钥；只告知这一次。',
  pathParams: z.strictObject({ roomId }),
  body: doorKeyCreate,
  answers: { 201: doorKeyCreated },
  problems: ['forbidden', 'not-found'],
  idempotencyKey: 'optional',
});

export const revokeDoorKey = endpoint({
  method: 'POST',
  path: '/v1/doors/{roomId}/keys/{keyId}/revoke',
  auth: 'signed-in',
  summary: 'Revoke a door’s key: it opens nothing from now on.',
  summaryZh: '作废一把门锁密钥，此后不能再用。',
  pathParams: z.strictObject({ roomId, keyId: doorKeyId }),
  answers: { 204: nothing },
  problems: ['forbidden', 'not-found'],
});
