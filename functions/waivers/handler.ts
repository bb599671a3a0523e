import * as api from '../../shared/contracts/endpoints/waivers.ts';
import { created, ok } from '../../shared/http/answer.ts';
import { httpHandler } from '../../shared/http/pipeline.ts';
import { pair } from '../../shared/http/route.ts';
import { askForWaiver, publishWaiver, signWaiver } from './commands.ts';
import { oneWaiver, waivers, waiversOf } from './queries.ts';

export const routes = pair(api, {
  listWaivers: async (_, context) => ok({ waivers: await waivers(context) }),
  publishWaiver: async ({ body }, context) => created({ waiver: await publishWaiver(context, body) }),
  readWaiver: async ({ path, query }, context) =>
    ok({ waiver: await oneWaiver(context, path.waiverId, query.version) }),
  askForWaiver: async ({ path, body }, context) => {
    await askForWaiver(context, path.waiverId, path.offeringId, body.asked);
    return ok({ ...path, ...body });
  },
  listPersonWaivers: async ({ path }, context) => ok({ waivers: await waiversOf(context, path.personId) }),
  signWaiver: async ({ path, body }, context) => {
    const signature = await signWaiver(context, path.personId, path.waiverId, body);
    return created({ ...path, signature });
  },
});

export const handler = httpHandler(routes);
