import * as api from '../../shared/contracts/endpoints/waivers.ts';
import { created, ok } from '../../shared/http/answer.ts';
import { httpHandler } from '../../shared/http/pipeline.ts';
import { pair } from '../../shared/http/route.ts';
import { askForWaiver, publishWaiver, signWaiver } from './commands.ts';
import { listWaivers, listWaiversOf, readOneWaiver } from './queries.ts';

export const routes = pair(api, {
  listWaivers: async (context) => ok({ waivers: await listWaivers(context) }),
  publishWaiver: async (context, { body }) => created({ waiver: await publishWaiver(context, body) }),
  readWaiver: async (context, { path, query }) =>
    ok({ waiver: await readOneWaiver(context, path.waiverId, query.version) }),
  askForWaiver: async (context, { path, body }) => {
    await askForWaiver(context, path.waiverId, path.offeringId, body.asked);
    return ok({ ...path, ...body });
  },
  listPersonWaivers: async (context, { path }) => ok({ waivers: await listWaiversOf(context, path.personId) }),
  signWaiver: async (context, { path, body }) => {
    const signature = await signWaiver(context, path.personId, path.waiverId, body);
    return created({ ...path, signature });
  },
});

export const handler = httpHandler(routes);
