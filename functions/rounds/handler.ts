import * as api from '../../shared/contracts/endpoints/rounds.ts';
import { created, noContent, ok } from '../../shared/http/answer.ts';
import { httpHandler } from '../../shared/http/pipeline.ts';
import { pair } from '../../shared/http/route.ts';
import { apply, change, decideClaim, withdraw } from './applications/commands.ts';
import { listClaims, listOwnApplications } from './applications/queries.ts';
import { openRound } from './commands/opening.ts';
import { readPublication } from './publication/queries.ts';
import { listRounds, readOneRound } from './queries.ts';

export const routes = pair(api, {
  listRounds: async (context) => ok({ rounds: await listRounds(context) }),
  readRound: async (context, { path }) => ok({ round: await readOneRound(context, path.roundId) }),
  openRound: async (context, { body }) => {
    const { round, replayed } = await openRound(context, body);
    return created({ round }, { replayed });
  },
  listApplications: async (context, { path }) => ok({ applications: await listOwnApplications(context, path.roundId) }),
  applyToRound: async (context, { path, body }) => {
    const { application, replayed } = await apply(context, path.roundId, body);
    return created({ application }, { replayed });
  },
  changeApplication: async (context, { path, body }) =>
    ok({ application: await change(context, path.roundId, path.applicationId, body) }),
  withdrawApplication: async (context, { path }) => {
    await withdraw(context, path.roundId, path.applicationId);
    return noContent();
  },
  listGroupClaims: async (context, { path, query }) => ok(await listClaims(context, path.roundId, query.cursor)),
  decideGroupClaim: async (context, { path, body }) =>
    ok({ claim: await decideClaim(context, path.roundId, path.applicationId, body) }),
  readPublication: async (context, { path, query }) => ok(await readPublication(context, path.roundId, query.cursor)),
});

export const handler = httpHandler(routes);
