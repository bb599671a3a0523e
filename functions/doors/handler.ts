import * as z from 'zod';
import { bookingId, centerId, doorKeyId, personId, roomId } from '../../shared/contracts/common.ts';
import {
  doorKeyCreate,
  doorKeyCreated,
  doorKeysAnswer,
  entryAnswer,
  entryCodeAnswer,
  entryRequest,
} from '../../shared/contracts/doors.ts';
import { created, noContent, ok } from '../../shared/http/answer.ts';
import { httpHandler } from '../../shared/http/pipeline.ts';
import { route } from '../../shared/http/route.ts';
import { endKey, enter, makeKey } from './commands.ts';
import { doorKeys, entryCode } from './queries.ts';

export const routes = [
  route({
    method: 'GET',
    path: '/v1/people/{personId}/bookings/{bookingId}/entry-code',
    door: 'signed-in',
    summary: 'The door code of a booking that has a room, and when it opens.',
    pathSchema: z.strictObject({ personId, bookingId }),
    answers: { 200: entryCodeAnswer },
    problems: ['no-authority', 'not-found'],
    run: async ({ path }, context) => ok(await entryCode(context, path.personId, path.bookingId)),
  }),
  route({
    method: 'POST',
    path: '/v1/doors/{roomId}/entries',
    door: 'own-key',
    summary: 'A lock asks whether a code opens its room’s door now.',
    pathSchema: z.strictObject({ roomId }),
    bodySchema: entryRequest,
    answers: { 200: entryAnswer },
    problems: ['entry-refused', 'rate-limited'],
    run: async ({ path, body }, context) => {
      await enter(context, path.roomId, body.code);
      return ok({ open: true });
    },
  }),
  route({
    method: 'GET',
    path: '/v1/centers/{centerId}/door-keys',
    door: 'signed-in',
    summary: 'The keys of all doors of a center, for its staff.',
    pathSchema: z.strictObject({ centerId }),
    answers: { 200: doorKeysAnswer },
    problems: ['forbidden'],
    run: async ({ path }, context) => ok({ keys: await doorKeys(context, path.centerId) }),
  }),
  route({
    method: 'POST',
    path: '/v1/doors/{roomId}/keys',
    door: 'signed-in',
    summary: 'Make a key for the lock of a room’s door. It is told this once.',
    pathSchema: z.strictObject({ roomId }),
    bodySchema: doorKeyCreate,
    answers: { 201: doorKeyCreated },
    problems: ['forbidden', 'not-found', 'idempotency-key-reused'],
    run: async ({ path, body }, context) => created(await makeKey(context, path.roomId, body.label)),
  }),
  route({
    method: 'POST',
    path: '/v1/doors/{roomId}/keys/{keyId}/revoke',
    door: 'signed-in',
    summary: 'Revoke a door’s key: it opens nothing from now on.',
    pathSchema: z.strictObject({ roomId, keyId: doorKeyId }),
    answers: { 204: z.never() },
    problems: ['forbidden', 'not-found'],
    run: async ({ path }, context) => {
      await endKey(context, path.roomId, path.keyId);
      return noContent();
    },
  }),
];

export const handler = httpHandler(routes);
