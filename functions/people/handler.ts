import * as householdApi from '../../shared/contracts/endpoints/households.ts';
import * as peopleApi from '../../shared/contracts/endpoints/people.ts';
import type { Person } from '../../shared/contracts/people.ts';
import { created, ok } from '../../shared/http/answer.ts';
import { httpHandler } from '../../shared/http/pipeline.ts';
import { pair } from '../../shared/http/route.ts';
import { done, invited } from './answers.ts';
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
import { me, readPerson, searchPeople } from './profiles/queries.ts';
import { etagOf } from './profiles/rules.ts';
import { listReads } from './reads/queries.ts';

/** A record with its version as ETag, which `If-Match` sends back. */
const withVersion = (person: Person) => ({ ...ok({ person }), headers: { etag: etagOf(person.version) } });

const peopleRoutes = pair(peopleApi, {
  readMe: async (_, context) => ok(await me(context)),
  createPerson: async ({ body }, context) => {
    const { person, replayed } = await createByStaff(body, context);
    return created({ person }, { replayed });
  },
  searchPeople: async ({ body }, context) => ok(await searchPeople(body, context)),
  readPerson: async ({ path, query }, context) => withVersion(await readPerson(path.personId, query.reason, context)),
  changeProfile: async ({ path, body }, context) => withVersion(await changeProfile(path.personId, body, context)),
  confirmFact: async ({ path, body }, context) => withVersion(await confirmFact(path.personId, body, context)),
  listReads: async ({ path }, context) => ok(await listReads(path.personId, context)),
  listGrants: async ({ path }, context) => ok(await listGrants(path.personId, context)),
  giveGrant: ({ body }, context) => invited(giveGrant(body, context)),
  endGrant: ({ path }, context) => done(endGrant(path.personId, path.grantId, context)),
  changeGrant: async ({ path, body }, context) =>
    ok({ grant: await changeRights(path.personId, path.grantId, body, context) }),
  listLimits: async ({ path, query }, context) => ok(await listLimits(path.personId, query.reason, context)),
  setLimit: async ({ path, body }, context) => {
    const { limit, replayed } = await setLimit(path.personId, body, context);
    return created({ limit }, { replayed });
  },
  liftLimit: async ({ path, body }, context) =>
    ok({ limit: await liftLimit(path.personId, path.limitId, body, context) }),
  givePost: async ({ body }, context) => {
    const { post, replayed } = await givePost(body, context);
    return created({ post }, { replayed });
  },
  listPosts: async ({ query }, context) => ok(await listPosts(query, context)),
  endPost: ({ path }, context) => done(endPost(path.personId, path.postId, context)),
});

const householdRoutes = pair(householdApi, {
  createHousehold: async ({ body }, context) => {
    const { householdId, replayed } = await createHousehold(body, context);
    return created(await readHousehold(householdId, context), { replayed });
  },
  readHousehold: async ({ path }, context) => ok(await readHousehold(path.householdId, context)),
  addMember: async ({ path, body }, context) => {
    const { person, replayed } = await addMember(path.householdId, body, context);
    return created({ person }, { replayed });
  },
  inviteToHousehold: ({ path, body }, context) => invited(inviteToHousehold(path.householdId, body, context)),
  leaveHousehold: ({ path }, context) => done(leaveHousehold(path.householdId, context)),
  undoMerge: ({ path }, context) => done(undoMerge(path.householdId, path.mergeId, context)),
  listInvitations: async (_, context) => ok(await listInvitations(context)),
  acceptInvitation: async ({ path }, context) => ok(await acceptInvitation(path.invitationId, context)),
  declineInvitation: ({ path }, context) => done(declineInvitation(path.invitationId, context)),
  withdrawInvitation: ({ path }, context) => done(withdrawInvitation(path.invitationId, context)),
});

export const routes = [...peopleRoutes, ...householdRoutes];
export const handler = httpHandler(routes);
