import * as api from '../../shared/contracts/endpoints/closures.ts';
import { created, ok } from '../../shared/http/answer.ts';
import { httpHandler } from '../../shared/http/pipeline.ts';
import { pair } from '../../shared/http/route.ts';
import { close, lift } from './commands/closing.ts';
import { listClosures, preview, report } from './queries.ts';

export const routes = pair(api, {
  previewClosure: async (context, { path, body }) => ok(await preview(context, path.centerId, body.what)),
  createClosure: async (context, { path, body }) => {
    const { closure, replayed } = await close(context, path.centerId, body);
    return created({ closure }, { replayed });
  },
  listClosures: async (context, { path }) => ok({ closures: await listClosures(context, path.centerId) }),
  readClosure: async (context, { path }) => ok(await report(context, path.centerId, path.closureId)),
  liftClosure: async (context, { path }) => ok({ closure: await lift(context, path.centerId, path.closureId) }),
});

export const handler = httpHandler(routes);
