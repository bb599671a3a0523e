import * as z from 'zod';
import {
  applicationAnswer,
  applicationChange,
  applicationId,
  applicationRequest,
  applicationsAnswer,
  claimDecision,
  claimsAnswer,
  claimsQuery,
  groupClaim,
  publicationAnswer,
  publicationQuery,
  roundAnswer,
  roundId,
  roundRequest,
  roundsAnswer,
} from '../../shared/contracts/rounds.ts';
import { created, noContent, ok } from '../../shared/http/answer.ts';
import { httpHandler } from '../../shared/http/pipeline.ts';
import { route } from '../../shared/http/route.ts';
import { apply, change, decideClaim, wishProblems, withdraw } from './applications/commands.ts';
import { claimsOfRound, ownApplications } from './applications/queries.ts';
import { openRound } from './commands/opening.ts';
import { publication } from './publication/queries.ts';
import { listRounds, oneRound } from './queries.ts';

const roundPath = z.strictObject({ roundId });
const applicationPath = z.strictObject({ roundId, applicationId });

export const routes = [
  route({
    method: 'GET',
    path: '/v1/rounds',
    door: 'anyone',
    summary: 'The allocation rounds of the city, the newest first.',
    answers: { 200: roundsAnswer },
    run: async (_, context) => ok({ rounds: await listRounds(context) }),
  }),
  route({
    method: 'GET',
    path: '/v1/rounds/{roundId}',
    door: 'anyone',
    summary: 'A round: its sessions, its rule, the hash of its seed; from the draw on the seed itself.',
    pathSchema: roundPath,
    answers: { 200: roundAnswer },
    problems: ['not-found'],
    run: async ({ path }, context) => ok({ round: await oneRound(context, path.roundId) }),
  }),
  route({
    method: 'POST',
    path: '/v1/rounds',
    door: 'signed-in',
    summary: 'Open a round over some sessions, for the education bureau or the staff of their centers.',
    bodySchema: roundRequest,
    answers: { 201: roundAnswer },
    problems: ['forbidden', 'not-found', 'session-not-allocatable', 'idempotency-key-reused'],
    run: async ({ body }, context) => {
      const { round, replayed } = await openRound(context, body);
      return created({ round }, { replayed });
    },
  }),
  route({
    method: 'GET',
    path: '/v1/rounds/{roundId}/applications',
    door: 'signed-in',
    summary: 'The applications of oneself and of those one acts for; from the draw on with what came of them.',
    pathSchema: roundPath,
    answers: { 200: applicationsAnswer },
    problems: ['not-found'],
    run: async ({ path }, context) => ok({ applications: await ownApplications(context, path.roundId) }),
  }),
  route({
    method: 'POST',
    path: '/v1/rounds/{roundId}/applications',
    door: 'signed-in',
    summary: 'Apply with ranked wishes for one child, or for several who want to be together.',
    pathSchema: roundPath,
    bodySchema: applicationRequest,
    answers: { 201: applicationAnswer },
    problems: [...wishProblems, 'already-applied'],
    run: async ({ path, body }, context) => {
      const { application, replayed } = await apply(context, path.roundId, body);
      return created({ application }, { replayed });
    },
  }),
  route({
    method: 'POST',
    path: '/v1/rounds/{roundId}/applications/{applicationId}/change',
    door: 'signed-in',
    summary: 'Change the wishes of an application, or the group it claims.',
    pathSchema: applicationPath,
    bodySchema: applicationChange,
    answers: { 200: applicationAnswer },
    problems: [...wishProblems, 'changed-meanwhile'],
    run: async ({ path, body }, context) =>
      ok({ application: await change(context, path.roundId, path.applicationId, body) }),
  }),
  route({
    method: 'POST',
    path: '/v1/rounds/{roundId}/applications/{applicationId}/withdraw',
    door: 'signed-in',
    summary: 'Take an application out of the round.',
    pathSchema: applicationPath,
    answers: { 204: z.never() },
    problems: ['no-authority', 'not-found', 'round-not-open'],
    run: async ({ path }, context) => {
      await withdraw(context, path.roundId, path.applicationId);
      return noContent();
    },
  }),
  route({
    method: 'GET',
    path: '/v1/rounds/{roundId}/claims',
    door: 'signed-in',
    summary: 'Who claims a priority group, for the staff who confirm it. A page may be empty with more to come.',
    pathSchema: roundPath,
    querySchema: claimsQuery,
    answers: { 200: claimsAnswer },
    problems: ['forbidden', 'not-found', 'invalid-cursor'],
    run: async ({ path, query }, context) => ok(await claimsOfRound(context, path.roundId, query.cursor)),
  }),
  route({
    method: 'POST',
    path: '/v1/rounds/{roundId}/claims/{applicationId}',
    door: 'signed-in',
    summary: 'Confirm the priority group of an application, or take it back.',
    pathSchema: applicationPath,
    bodySchema: claimDecision,
    answers: { 200: z.object({ claim: groupClaim }) },
    problems: ['forbidden', 'not-found', 'round-decided', 'changed-meanwhile'],
    run: async ({ path, body }, context) =>
      ok({ claim: await decideClaim(context, path.roundId, path.applicationId, body) }),
  }),
  route({
    method: 'GET',
    path: '/v1/rounds/{roundId}/publication',
    door: 'anyone',
    summary: 'All that the draw was made of and led to, for anybody to check, page by page; without a name.',
    pathSchema: roundPath,
    querySchema: publicationQuery,
    answers: { 200: publicationAnswer },
    problems: ['not-found', 'round-not-drawn', 'invalid-cursor'],
    run: async ({ path, query }, context) => ok(await publication(context, path.roundId, query.cursor)),
  }),
];

export const handler = httpHandler(routes);
