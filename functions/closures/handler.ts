import * as api from '../../shared/contracts/endpoints/closures.ts';
import { created, ok } from '../../shared/http/answer.ts';
import { httpHandler } from '../../shared/http/pipeline.ts';
import { pair } from '../../shared/http/route.ts';
import { close, lift } from './commands/closing.ts';
import { listClosures, preview, report } from './queries.ts';

export const routes = pair(api, {
  previewClosure: async ({ path, body }, context) => ok(await preview(context, path.centerId, body.what)),
  createClosure: async ({ path, body }, context) => {
    const { closure, replayed } = await close(context, path.centerId, body);
    return created({ closure }, { replayed });
  },
  listClosures: async ({ path }, context) => ok({ closures: await listClosures(context, path.centerId) }),
  readClosure: async ({ path }, context) => ok(await report(context, path.centerId, path.closureId)),
  liftClosure: async ({ path }, context) => ok({ closure: await lift(context, path.centerId, path.closureId) }),
});

export const handler = httpHandler(routes);
