import * as z from 'zod';
import {
  closureAnswer,
  closureId,
  closurePreview,
  closurePreviewRequest,
  closureReport,
  closureRequest,
  closuresAnswer,
} from '../../shared/contracts/closures.ts';
import { centerId } from '../../shared/contracts/common.ts';
import { created, ok } from '../../shared/http/answer.ts';
import { httpHandler } from '../../shared/http/pipeline.ts';
import { route } from '../../shared/http/route.ts';
import { close, lift } from './commands/closing.ts';
import { listClosures, preview, report } from './queries.ts';

const centerPath = z.strictObject({ centerId });
const closurePath = z.strictObject({ centerId, closureId });

export const routes = [
  route({
    method: 'POST',
    path: '/v1/centers/{centerId}/closures/preview',
    door: 'signed-in',
    summary: 'Who would be affected by a closure, and what each would get as things stand. Nothing is closed.',
    pathSchema: centerPath,
    bodySchema: closurePreviewRequest,
    answers: { 200: closurePreview },
    problems: ['forbidden', 'not-found', 'in-the-past'],
    run: async ({ path, body }, context) => ok(await preview(context, path.centerId, body.what)),
  }),
  route({
    method: 'POST',
    path: '/v1/centers/{centerId}/closures',
    door: 'signed-in',
    summary:
      'Close a room or another resource, whole days, or a session: nothing new is booked there, everybody affected is offered an equal place or gets their price back, and is told.',
    pathSchema: centerPath,
    bodySchema: closureRequest,
    answers: { 201: closureAnswer },
    problems: ['forbidden', 'not-found', 'in-the-past', 'idempotency-key-reused'],
    idempotencyKey: 'required',
    run: async ({ path, body }, context) => {
      const { closure, replayed } = await close(context, path.centerId, body);
      return created({ closure }, { replayed });
    },
  }),
  route({
    method: 'GET',
    path: '/v1/centers/{centerId}/closures',
    door: 'signed-in',
    summary: 'The closures of a center, for its staff; the newest first.',
    pathSchema: centerPath,
    answers: { 200: closuresAnswer },
    problems: ['forbidden'],
    run: async ({ path }, context) => ok({ closures: await listClosures(context, path.centerId) }),
  }),
  route({
    method: 'GET',
    path: '/v1/centers/{centerId}/closures/{closureId}',
    door: 'signed-in',
    summary: 'A closure with what became of everybody affected; it adds up.',
    pathSchema: closurePath,
    answers: { 200: closureReport },
    problems: ['forbidden', 'not-found'],
    run: async ({ path }, context) => ok(await report(context, path.centerId, path.closureId)),
  }),
  route({
    method: 'POST',
    path: '/v1/centers/{centerId}/closures/{closureId}/lift',
    door: 'signed-in',
    summary: 'Open again what a closure has shut, as far as no other closure shuts it too; who was moved stays moved.',
    pathSchema: closurePath,
    answers: { 200: closureAnswer },
    problems: ['forbidden', 'not-found'],
    run: async ({ path }, context) => ok({ closure: await lift(context, path.centerId, path.closureId) }),
  }),
];

export const handler = httpHandler(routes);
