import * as z from 'zod';
import { grantId, householdId, invitationId, personId, postId } from '../../shared/contracts/common.ts';
import {
  grantCreate,
  grants,
  household,
  householdCreate,
  invitationAccepted,
  invitationCreate,
  invitations,
  invitedAnswer,
  me as meAnswer,
  memberCreate,
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
import { type Answer, created, noContent, ok } from '../../shared/http/answer.ts';
import { httpHandler } from '../../shared/http/pipeline.ts';
import { route } from '../../shared/http/route.ts';
import { addMember, changeProfile, createByStaff, createHousehold, leaveHousehold } from './commands.ts';
import { endGrant, giveGrant, listGrants } from './grants.ts';
import {
  acceptInvitation,
  declineInvitation,
  inviteToHousehold,
  listInvitations,
  withdrawInvitation,
} from './invitations.ts';
import { endPost, givePost, listPosts } from './posts.ts';
import { listReads, me, readHousehold, readPerson, searchPeople } from './queries.ts';
import { etagOf } from './rules.ts';

const onePerson = z.strictObject({ personId });
const oneHousehold = z.strictObject({ householdId });
const oneInvitation = z.strictObject({ invitationId });

/** The same for a number that is known and one that is not. */
const invited = (sent: Promise<void>): Promise<Answer> => sent.then(() => ({ status: 202, body: { accepted: true } }));
const done = (carriedOut: Promise<void>): Promise<Answer> => carriedOut.then(noContent);

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
    pathSchema: z.strictObject({ personId, grantId }),
    answers: { 204: z.never() },
    problems: ['no-authority', 'not-found', 'grant-ended'],
    run: ({ path }, context) => done(endGrant(path.personId, path.grantId, context)),
  }),
  route({
    method: 'POST',
    path: '/v1/households',
    door: 'signed-in',
    summary: 'Founds a household; its founder is its first adult.',
    bodySchema: householdCreate,
    answers: { 201: household },
    problems: ['already-in-household', 'idempotency-key-reused'],
    run: async ({ body }, context) => {
      const { householdId, replayed } = await createHousehold(body, context);
      return created(await readHousehold(householdId, context), { replayed });
    },
  }),
  route({
    method: 'GET',
    path: '/v1/households/{householdId}',
    door: 'signed-in',
    summary: 'A household and its members, for its members.',
    pathSchema: oneHousehold,
    answers: { 200: household },
    problems: ['no-authority'],
    run: async ({ path }, context) => ok(await readHousehold(path.householdId, context)),
  }),
  route({
    method: 'POST',
    path: '/v1/households/{householdId}/members',
    door: 'signed-in',
    summary: 'An adult adds a child, becoming its guardian, or an elder, becoming their proxy.',
    pathSchema: oneHousehold,
    bodySchema: memberCreate,
    answers: { 201: personAnswer },
    problems: ['no-authority', 'resident-id-check', 'person-exists', 'too-many-members', 'idempotency-key-reused'],
    run: async ({ path, body }, context) => {
      const { person, replayed } = await addMember(path.householdId, body, context);
      return created({ person }, { replayed });
    },
  }),
  route({
    method: 'POST',
    path: '/v1/households/{householdId}/invitations',
    door: 'signed-in',
    summary: 'An adult asks another adult in, by phone number. Unknown numbers get the same answer.',
    pathSchema: oneHousehold,
    bodySchema: invitationCreate,
    answers: { 202: invitedAnswer },
    problems: ['no-authority', 'phone-format', 'rate-limited', 'idempotency-key-reused'],
    run: ({ path, body }, context) => invited(inviteToHousehold(path.householdId, body, context)),
  }),
  route({
    method: 'POST',
    path: '/v1/households/{householdId}/leave',
    door: 'signed-in',
    summary: 'Leaves the household; children and elders are not left without an adult.',
    pathSchema: oneHousehold,
    answers: { 204: z.never() },
    problems: ['no-authority', 'last-adult', 'changed-meanwhile', 'idempotency-key-reused'],
    run: ({ path }, context) => done(leaveHousehold(path.householdId, context)),
  }),
  route({
    method: 'GET',
    path: '/v1/invitations',
    door: 'signed-in',
    summary: 'The invitations that wait for my answer, and those of mine that wait for others’.',
    answers: { 200: invitations },
    run: async (_, context) => ok(await listInvitations(context)),
  }),
  route({
    method: 'POST',
    path: '/v1/invitations/{invitationId}/accept',
    door: 'signed-in',
    summary: 'Accepts: one belongs to the household now, or may act for the other person.',
    pathSchema: oneInvitation,
    answers: { 200: invitationAccepted },
    problems: ['invitation-gone', 'adults-only', 'already-in-household', 'too-many-members', 'already-granted'],
    run: async ({ path }, context) => ok(await acceptInvitation(path.invitationId, context)),
  }),
  route({
    method: 'POST',
    path: '/v1/invitations/{invitationId}/decline',
    door: 'signed-in',
    summary: 'Declines; the other side is not told.',
    pathSchema: oneInvitation,
    answers: { 204: z.never() },
    problems: ['invitation-gone'],
    run: ({ path }, context) => done(declineInvitation(path.invitationId, context)),
  }),
  route({
    method: 'POST',
    path: '/v1/invitations/{invitationId}/withdraw',
    door: 'signed-in',
    summary: 'Takes back an invitation that one has sent.',
    pathSchema: oneInvitation,
    answers: { 204: z.never() },
    problems: ['invitation-gone'],
    run: ({ path }, context) => done(withdrawInvitation(path.invitationId, context)),
  }),
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
