import * as z from 'zod';
import {
  allowancesAnswer,
  allowancesQuery,
  cityRulesAnswer,
  cityRulesChange,
} from '../../shared/contracts/city-rules.ts';
import { personId } from '../../shared/contracts/common.ts';
import {
  fundAnswer,
  fundGive,
  passAnswer,
  passId,
  passIssue,
  passKindsAnswer,
  passKindsChange,
  statementAnswer,
  statementQuery,
} from '../../shared/contracts/passes.ts';
import { type Answer, created, ok } from '../../shared/http/answer.ts';
import { httpHandler } from '../../shared/http/pipeline.ts';
import { route } from '../../shared/http/route.ts';
import { etagOf } from '../people/index.ts';
import { changeCityRules, changePassKinds, giveFund, issuePass, recordPaidPart } from './commands.ts';
import { allowancesOf, passKindsOf, rulesOf, statementOf } from './queries.ts';

const onePerson = z.strictObject({ personId });
const changes = ['forbidden', 'precondition-required', 'precondition-failed'];

/** What the city has set, with its version as ETag, which `If-Match` sends back. */
const withVersion = (body: object, version: number): Answer => ({
  ...ok(body),
  headers: { etag: etagOf(version) },
});

export const routes = [
  route({
    method: 'GET',
    path: '/v1/rules',
    door: 'anyone',
    summary: 'What the city has set for itself: how far ahead one books, fair use with its source and dates, groups.',
    answers: { 200: cityRulesAnswer },
    run: async (_, context) => {
      const rules = await rulesOf(context);
      return withVersion({ rules }, rules.version);
    },
  }),
  route({
    method: 'PUT',
    path: '/v1/rules',
    door: 'signed-in',
    summary: 'A bureau sets the rules of the city anew; they count from the next booking on. Needs If-Match.',
    bodySchema: cityRulesChange,
    answers: { 200: cityRulesAnswer },
    problems: changes,
    run: async ({ body }, context) => {
      const rules = await changeCityRules(context, body);
      return withVersion({ rules }, rules.version);
    },
  }),
  route({
    method: 'GET',
    path: '/v1/pass-kinds',
    door: 'anyone',
    summary: 'The kinds of pass that the city sells: units, validity, price, and the parts it may be paid in.',
    answers: { 200: passKindsAnswer },
    run: async (_, context) => {
      const kinds = await passKindsOf(context);
      return withVersion(kinds, kinds.version);
    },
  }),
  route({
    method: 'PUT',
    path: '/v1/pass-kinds',
    door: 'signed-in',
    summary: 'A bureau sets the kinds of pass anew; passes that people hold stay as they were issued. Needs If-Match.',
    bodySchema: passKindsChange,
    answers: { 200: passKindsAnswer },
    problems: changes,
    run: async ({ body }, context) => {
      const kinds = await changePassKinds(context, body);
      return withVersion(kinds, kinds.version);
    },
  }),
  route({
    method: 'GET',
    path: '/v1/people/{personId}/allowances',
    door: 'signed-in',
    summary: 'What a person has used of each allowance, what is left and when it starts anew; their passes and funds.',
    pathSchema: onePerson,
    querySchema: allowancesQuery,
    answers: { 200: allowancesAnswer },
    problems: ['no-authority', 'not-found'],
    run: async ({ path, query }, context) => ok(await allowancesOf(context, path.personId, query)),
  }),
  route({
    method: 'POST',
    path: '/v1/people/{personId}/passes',
    door: 'signed-in',
    summary: 'Staff issue a pass, paid whole or part by part; the price is kept as a quote.',
    pathSchema: onePerson,
    bodySchema: passIssue,
    answers: { 201: passAnswer },
    problems: ['forbidden', 'no-authority', 'not-found', 'idempotency-key-reused'],
    run: async ({ path, body }, context) => {
      const { pass, replayed } = await issuePass(context, path.personId, body);
      return created({ pass }, { replayed });
    },
  }),
  route({
    method: 'POST',
    path: '/v1/people/{personId}/passes/{passId}/parts/{part}/paid',
    door: 'signed-in',
    summary: 'Staff record that a part of a pass is paid; its units open. Twice is once.',
    pathSchema: z.strictObject({ personId, passId, part: z.coerce.number().int().min(1).max(24) }),
    answers: { 200: passAnswer },
    problems: ['forbidden', 'no-authority', 'not-found'],
    run: async ({ path }, context) => ok({ pass: await recordPaidPart(context, path) }),
  }),
  route({
    method: 'POST',
    path: '/v1/people/{personId}/funds',
    door: 'signed-in',
    summary: 'A bureau enters what a funder gives one person to pay for places: a scholarship.',
    pathSchema: onePerson,
    bodySchema: fundGive,
    answers: { 201: fundAnswer },
    problems: ['forbidden', 'no-authority', 'not-found', 'idempotency-key-reused'],
    run: async ({ path, body }, context) => {
      const { fund, replayed } = await giveFund(context, path.personId, body);
      return created({ fund }, { replayed });
    },
  }),
  route({
    method: 'GET',
    path: '/v1/people/{personId}/statement',
    door: 'signed-in',
    summary: 'A month of a family: each booking with its price and who has paid which part of it.',
    pathSchema: onePerson,
    querySchema: statementQuery,
    answers: { 200: statementAnswer },
    problems: ['no-authority'],
    run: async ({ path, query }, context) => ok(await statementOf(context, path.personId, query.month)),
  }),
];

export const handler = httpHandler(routes);
