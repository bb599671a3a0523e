import * as z from 'zod';
import { courtLimitId, grantId, personId, postId } from '../../shared/contracts/common.ts';
import {
  confirmedFact,
  courtLimitAnswer,
  courtLimitCreate,
  courtLimitLift,
  courtLimitsAnswer,
  courtLimitsQuery,
  grantAnswer,
  grantChange,
  grantCreate,
  grants,
  invitedAnswer,
  me as meAnswer,
  type Person,
  peopleAnswer,
  personAnswer,
  personByStaff,
  personQuery,
  personSearchByStaff,
  postAnswer,
  postCreate,
  postsAnswer,
  postsQuery,
  profileChange,
  readsAnswer,
} from '../../shared/contracts/people.ts';
import { type Answer, created, ok } from '../../shared/http/answer.ts';
import { httpHandler } from '../../shared/http/pipeline.ts';
import { route } from '../../shared/http/route.ts';
import { done, invited } from './answers.ts';
import { changeRights, endGrant, giveGrant } from './grants/commands.ts';
import { listGrants } from './grants/queries.ts';
import { householdRoutes } from './household-routes.ts';
import { liftLimit, setLimit } from './limits/commands.ts';
import { listLimits } from './limits/queries.ts';
import { endPost, givePost } from './posts/commands.ts';
import { listPosts } from './posts/queries.ts';
import { changeProfile, confirmFact, createByStaff } from './profiles/commands.ts';
import { me, readPerson, searchPeople } from './profiles/queries.ts';
import { etagOf } from './profiles/rules.ts';
import { listReads } from './reads/queries.ts';

const onePerson = z.strictObject({ personId });
const oneGrant = z.strictObject({ personId, grantId });

/** A record with its version as ETag, which `If-Match` sends back. */
const withVersion = (person: Person): Answer => ({ ...ok({ person }), headers: { etag: etagOf(person.version) } });

export const routes = [
  route({
    method: 'GET',
    path: '/v1/me',
    door: 'signed-in',
    summary: 'Who I am, whom I may act for, and the posts I hold.',
    answers: { 200: meAnswer },
    run: async (_, context) => ok(await me(context)),
  }),
  route({
    method: 'POST',
    path: '/v1/people',
    door: 'signed-in',
    summary: 'Staff create a record for someone without a phone, by name and resident ID card.',
    bodySchema: personByStaff,
    answers: { 201: personAnswer },
    problems: ['forbidden', 'resident-id-check', 'person-exists', 'idempotency-key-reused'],
    run: async ({ body }, context) => {
      const { person, replayed } = await createByStaff(body, context);
      return created({ person }, { replayed });
    },
  }),
  route({
    method: 'POST',
    path: '/v1/people/search',
    door: 'signed-in',
    summary: 'Staff look somebody up by card or phone and say why; the person sees that they did.',
    bodySchema: personSearchByStaff,
    answers: { 200: peopleAnswer },
    problems: ['forbidden', 'resident-id-check', 'phone-format'],
    run: async ({ body }, context) => ok(await searchPeople(body, context)),
  }),
  route({
    method: 'GET',
    path: '/v1/people/{personId}',
    door: 'signed-in',
    summary: 'A person’s record: one’s own, of somebody one acts for, or with a reason as staff.',
    pathSchema: onePerson,
    querySchema: personQuery,
    answers: { 200: personAnswer },
    problems: ['no-authority', 'not-found'],
    run: async ({ path, query }, context) => withVersion(await readPerson(path.personId, query.reason, context)),
  }),
  route({
    method: 'PATCH',
    path: '/v1/people/{personId}',
    door: 'signed-in',
    summary: 'Changes one’s own record, or that of a child one is guardian of. Needs If-Match.',
    pathSchema: onePerson,
    bodySchema: profileChange,
    answers: { 200: personAnswer },
    problems: ['no-authority', 'precondition-required', 'precondition-failed'],
    run: async ({ path, body }, context) => withVersion(await changeProfile(path.personId, body, context)),
  }),
  route({
    method: 'POST',
    path: '/v1/people/{personId}/confirmed',
    door: 'signed-in',
    summary: 'Staff have seen a document: the school somebody goes to, or that they belong to a group.',
    pathSchema: onePerson,
    bodySchema: confirmedFact,
    answers: { 200: personAnswer },
    problems: ['forbidden', 'no-authority', 'not-found', 'changed-meanwhile'],
    run: async ({ path, body }, context) => withVersion(await confirmFact(path.personId, body, context)),
  }),
  route({
    method: 'GET',
    path: '/v1/people/{personId}/reads',
    door: 'signed-in',
    summary: 'Which staff have read this person’s data, when and why; the latest hundred.',
    pathSchema: onePerson,
    answers: { 200: readsAnswer },
    problems: ['no-authority'],
    run: async ({ path }, context) => ok(await listReads(path.personId, context)),
  }),
  route({
    method: 'GET',
    path: '/v1/people/{personId}/grants',
    door: 'signed-in',
    summary: 'For whom this person may act, and who may act for them; ended grants too.',
    pathSchema: onePerson,
    answers: { 200: grants },
    problems: ['no-authority'],
    run: async ({ path }, context) => ok(await listGrants(path.personId, context)),
  }),
  route({
    method: 'POST',
    path: '/v1/grants',
    door: 'signed-in',
    summary:
      'Asks the person behind a phone number to act for oneself or for one’s child. Unknown numbers get the same answer.',
    bodySchema: grantCreate,
    answers: { 202: invitedAnswer },
    problems: ['no-authority', 'phone-format', 'rate-limited', 'idempotency-key-reused'],
    run: ({ body }, context) => invited(giveGrant(body, context)),
  }),
  route({
    method: 'POST',
    path: '/v1/people/{personId}/grants/{grantId}/end',
    door: 'signed-in',
    summary: 'Ends a grant from either side; the right is gone at once.',
    pathSchema: oneGrant,
    answers: { 204: z.never() },
    problems: ['no-authority', 'not-found', 'grant-ended'],
    run: ({ path }, context) => done(endGrant(path.personId, path.grantId, context)),
  }),
  route({
    method: 'PATCH',
    path: '/v1/people/{personId}/grants/{grantId}',
    door: 'signed-in',
    summary: 'Says what somebody else may do for this person; it holds from the next request on.',
    pathSchema: oneGrant,
    bodySchema: grantChange,
    answers: { 200: grantAnswer },
    problems: ['no-authority', 'not-found', 'own-rights', 'grant-ended'],
    run: async ({ path, body }, context) =>
      ok({ grant: await changeRights(path.personId, path.grantId, body, context) }),
  }),
  route({
    method: 'GET',
    path: '/v1/people/{personId}/limits',
    door: 'signed-in',
    summary: 'Officers of civil affairs see who acts for whom, and which limits a court has set; the look is logged.',
    pathSchema: onePerson,
    querySchema: courtLimitsQuery,
    answers: { 200: courtLimitsAnswer },
    problems: ['forbidden', 'not-found'],
    run: async ({ path, query }, context) => ok(await listLimits(path.personId, query.reason, context)),
  }),
  route({
    method: 'POST',
    path: '/v1/people/{personId}/limits',
    door: 'signed-in',
    summary: 'A court has decided that an adult may not act for this child: it beats every grant, at once.',
    pathSchema: onePerson,
    bodySchema: courtLimitCreate,
    answers: { 201: courtLimitAnswer },
    problems: ['forbidden', 'not-found', 'already-limited', 'idempotency-key-reused'],
    run: async ({ path, body }, context) => {
      const { limit, replayed } = await setLimit(path.personId, body, context);
      return created({ limit }, { replayed });
    },
  }),
  route({
    method: 'POST',
    path: '/v1/people/{personId}/limits/{limitId}/lift',
    door: 'signed-in',
    summary: 'The decision has ended: grants that stand work again.',
    pathSchema: z.strictObject({ personId, limitId: courtLimitId }),
    bodySchema: courtLimitLift,
    answers: { 200: courtLimitAnswer },
    problems: ['forbidden', 'not-found', 'limit-lifted', 'idempotency-key-reused'],
    run: async ({ path, body }, context) => ok({ limit: await liftLimit(path.personId, path.limitId, body, context) }),
  }),
  ...householdRoutes,
  route({
    method: 'POST',
    path: '/v1/posts',
    door: 'signed-in',
    summary: 'Gives a post; only someone above may, and never to themselves.',
    bodySchema: postCreate,
    answers: { 201: postAnswer },
    problems: ['own-grant', 'forbidden', 'not-found', 'already-granted', 'idempotency-key-reused'],
    run: async ({ body }, context) => {
      const { post, replayed } = await givePost(body, context);
      return created({ post }, { replayed });
    },
  }),
  route({
    method: 'GET',
    path: '/v1/posts',
    door: 'signed-in',
    summary: 'Who holds posts of a kind at a center, an operator or a bureau; for those who may give them.',
    querySchema: postsQuery,
    answers: { 200: postsAnswer },
    problems: ['forbidden'],
    run: async ({ query }, context) => ok(await listPosts(query, context)),
  }),
  route({
    method: 'POST',
    path: '/v1/people/{personId}/posts/{postId}/end',
    door: 'signed-in',
    summary: 'Ends a post; the right is gone at once.',
    pathSchema: z.strictObject({ personId, postId }),
    answers: { 204: z.never() },
    problems: ['forbidden', 'not-found', 'grant-ended'],
    run: ({ path }, context) => done(endPost(path.personId, path.postId, context)),
  }),
];

export const handler = httpHandler(routes);
