import * as householdApi from '../../shared/contracts/endpoints/households.ts';
import * as peopleApi from '../../shared/contracts/endpoints/people.ts';
import type { Person } from '../../shared/contracts/people.ts';
import { accepted, created, noContent, ok } from '../../shared/http/answer.ts';
import { httpHandler } from '../../shared/http/pipeline.ts';
import { pair } from '../../shared/http/route.ts';
import { changeRights, endGrant, giveGrant } from './grants/commands.ts';
import { listGrants } from './grants/queries.ts';
import { addMember, createHousehold, leaveHousehold } from './households/commands.ts';
import { readHousehold } from './households/queries.ts';
import { acceptInvitation, declineInvitation, withdrawInvitation } from './invitations/commands/answering.ts';
import { inviteToHousehold } from './invitations/commands/sending.ts';
import { listInvitations } from './invitations/queries.ts';
import { liftLimit, setLimit } from './limits/commands.ts';
import { listLimits } from './limits/queries.ts';
import { undoMerge } from './merges/commands.ts';
import { endPost, givePost } from './posts/commands.ts';
import { listPosts } from './posts/queries.ts';
import { changeProfile, confirmFact, createByStaff } from './profiles/commands.ts';
import { readOwnProfile, readPerson, searchPeople } from './profiles/queries.ts';
import { etagOf } from './profiles/rules.ts';
import { listReads } from './reads/queries.ts';
import { createAccount, endAccount, rotateKey } from './service-accounts/commands.ts';
import { listAccounts } from './service-accounts/queries.ts';

/** A record with its version as ETag, which `If-Match` sends back. */
const withVersion = (person: Person) => ({ ...ok({ person }), headers: { etag: etagOf(person.version) } });

/** The same for a number that is known and one that is not. */
const invited = (sent: Promise<void>) => sent.then(() => accepted({ accepted: true }));
const done = (carriedOut: Promise<void>) => carriedOut.then(noContent);

const peopleRoutes = pair(peopleApi, {
  readMe: async (context) => ok(await readOwnProfile(context)),
  createPerson: async (context, { body }) => {
    const { person, replayed } = await createByStaff(context, body);
    return created({ person }, { replayed });
  },
  searchPeople: async (context, { body }) => ok(await searchPeople(context, body)),
  readPerson: async (context, { path, query }) => withVersion(await readPerson(context, path.personId, query.reason)),
  changeProfile: async (context, { path, body }) => withVersion(await changeProfile(context, path.personId, body)),
  confirmFact: async (context, { path, body }) => withVersion(await confirmFact(context, path.personId, body)),
  listReads: async (context, { path }) => ok(await listReads(context, path.personId)),
  listGrants: async (context, { path }) => ok(await listGrants(context, path.personId)),
  giveGrant: (context, { body }) => invited(giveGrant(context, body)),
  endGrant: (context, { path }) => done(endGrant(context, path.personId, path.grantId)),
  changeGrant: async (context, { path, body }) =>
    ok({ grant: await changeRights(context, path.personId, path.grantId, body) }),
  listLimits: async (context, { path, query }) => ok(await listLimits(context, path.personId, query.reason)),
  setLimit: async (context, { path, body }) => {
    const { limit, replayed } = await setLimit(context, path.personId, body);
    return created({ limit }, { replayed });
  },
  liftLimit: async (context, { path, body }) =>
    ok({ limit: await liftLimit(context, path.personId, path.limitId, body) }),
  givePost: async (context, { body }) => {
    const { post, replayed } = await givePost(context, body);
    return created({ post }, { replayed });
  },
  listPosts: async (context, { query }) => ok(await listPosts(context, query)),
  endPost: (context, { path }) => done(endPost(context, path.personId, path.postId)),
  createServiceAccount: async (context, { body }) => {
    const { replayed, ...made } = await createAccount(context, body);
    return created(made, { replayed });
  },
  listServiceAccounts: async (context, { query }) => ok(await listAccounts(context, query)),
  rotateServiceKey: async (context, { path }) => ok(await rotateKey(context, path.accountId)),
  endServiceAccount: (context, { path }) => done(endAccount(context, path.accountId)),
});

const householdRoutes = pair(householdApi, {
  createHousehold: async (context, { body }) => {
    const { householdId, replayed } = await createHousehold(context, body);
    return created(await readHousehold(context, householdId), { replayed });
  },
  readHousehold: async (context, { path }) => ok(await readHousehold(context, path.householdId)),
  addMember: async (context, { path, body }) => {
    const { person, replayed } = await addMember(context, path.householdId, body);
    return created({ person }, { replayed });
  },
  inviteToHousehold: (context, { path, body }) => invited(inviteToHousehold(context, path.householdId, body)),
  leaveHousehold: (context, { path }) => done(leaveHousehold(context, path.householdId)),
  undoMerge: (context, { path }) => done(undoMerge(context, path.householdId, path.mergeId)),
  listInvitations: async (context) => ok(await listInvitations(context)),
  acceptInvitation: async (context, { path }) => ok(await acceptInvitation(context, path.invitationId)),
  declineInvitation: (context, { path }) => done(declineInvitation(context, path.invitationId)),
  withdrawInvitation: (context, { path }) => done(withdrawInvitation(context, path.invitationId)),
});

export const routes = [...peopleRoutes, ...householdRoutes];
export const handler = httpHandler(routes);
