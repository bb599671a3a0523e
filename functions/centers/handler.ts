import { anyone } from '../../shared/access/authorize.ts';
import * as api from '../../shared/contracts/endpoints/centers.ts';
import { ok } from '../../shared/http/answer.ts';
import { httpHandler } from '../../shared/http/pipeline.ts';
import { pair } from '../../shared/http/route.ts';
import * as centers from './queries.ts';

export const routes = pair(api, {
  listCenters: async (context) => ok(await centers.list(anyone(context))),
  readCenter: async (context, { path }) => ok(await centers.show(anyone(context), path.centerId)),
  readOpening: async (context, { path, query }) =>
    ok(await centers.readCenterOpening(anyone(context), path.centerId, query)),
});

export const handler = httpHandler(routes);
