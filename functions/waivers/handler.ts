import * as z from 'zod';
import { offeringId, personId } from '../../shared/contracts/common.ts';
import { waiverId } from '../../shared/contracts/policy.ts';
import {
  personWaiversAnswer,
  signatureAnswer,
  waiverAnswer,
  waiverAsk,
  waiverAskAnswer,
  waiverPublish,
  waiverQuery,
  waiverSign,
  waiversAnswer,
} from '../../shared/contracts/waivers.ts';
import { created, ok } from '../../shared/http/answer.ts';
import { httpHandler } from '../../shared/http/pipeline.ts';
import { route } from '../../shared/http/route.ts';
import { askForWaiver, publishWaiver, signWaiver } from './commands.ts';
import { oneWaiver, waivers, waiversOf } from './queries.ts';

export const routes = [
  route({
    method: 'GET',
    path: '/v1/waivers',
    door: 'anyone',
    summary: 'The waivers of the city and its centers, each in its current version.',
    answers: { 200: waiversAnswer },
    run: async (_, context) => ok({ waivers: await waivers(context) }),
  }),
  route({
    method: 'POST',
    path: '/v1/waivers',
    door: 'signed-in',
    summary: 'Publish a version of a waiver; check-ins ask for it from now on.',
    bodySchema: waiverPublish,
    answers: { 201: waiverAnswer },
    problems: ['forbidden', 'not-found', 'changed-meanwhile'],
    run: async ({ body }, context) => created({ waiver: await publishWaiver(context, body) }),
  }),
  route({
    method: 'GET',
    path: '/v1/waivers/{waiverId}',
    door: 'anyone',
    summary: 'A waiver with its text.',
    pathSchema: z.strictObject({ waiverId }),
    querySchema: waiverQuery,
    answers: { 200: waiverAnswer },
    problems: ['not-found'],
    run: async ({ path, query }, context) => ok({ waiver: await oneWaiver(context, path.waiverId, query.version) }),
  }),
  route({
    method: 'PUT',
    path: '/v1/waivers/{waiverId}/offerings/{offeringId}',
    door: 'signed-in',
    summary: 'Say whether an offering asks for a waiver; check-ins follow from now on.',
    pathSchema: z.strictObject({ waiverId, offeringId }),
    bodySchema: waiverAsk,
    answers: { 200: waiverAskAnswer },
    problems: ['forbidden', 'not-found', 'changed-meanwhile'],
    run: async ({ path, body }, context) => {
      await askForWaiver(context, path.waiverId, path.offeringId, body.asked);
      return ok({ ...path, ...body });
    },
  }),
  route({
    method: 'GET',
    path: '/v1/people/{personId}/waivers',
    door: 'signed-in',
    summary: 'What a person has signed, and what they still have to sign for what they have booked.',
    pathSchema: z.strictObject({ personId }),
    answers: { 200: personWaiversAnswer },
    problems: ['no-authority'],
    run: async ({ path }, context) => ok({ waivers: await waiversOf(context, path.personId) }),
  }),
  route({
    method: 'POST',
    path: '/v1/people/{personId}/waivers/{waiverId}/sign',
    door: 'signed-in',
    summary: 'Sign a waiver: the person, a guardian, or staff who hold the signed paper.',
    pathSchema: z.strictObject({ personId, waiverId }),
    bodySchema: waiverSign,
    answers: { 201: signatureAnswer },
    problems: ['no-authority', 'adults-only', 'not-found', 'waiver-outdated'],
    run: async ({ path, body }, context) => {
      const signature = await signWaiver(context, path.personId, path.waiverId, body);
      return created({ ...path, signature });
    },
  }),
];

export const handler = httpHandler(routes);
