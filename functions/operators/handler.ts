import { anyone } from '../../shared/access/authorize.ts';
import * as api from '../../shared/contracts/endpoints/operators.ts';
import { ok } from '../../shared/http/answer.ts';
import { httpHandler } from '../../shared/http/pipeline.ts';
import { pair } from '../../shared/http/route.ts';
import * as operators from './queries.ts';

export const routes = pair(api, {
  listOperators: async (context) => ok(await operators.list(anyone(context))),
  readOperator: async (context, { path }) => ok(await operators.show(anyone(context), path.operatorId)),
  listOperatorSessions: async (context, { path, query }) =>
    ok(await operators.listSessions(context, path.operatorId, query)),
  readRoster: async (context, { path }) => ok(await operators.readRoster(context, path.operatorId, path.sessionId)),
});

export const handler = httpHandler(routes);
