import * as api from '../../shared/contracts/endpoints/series.ts';
import { created, ok } from '../../shared/http/answer.ts';
import { httpHandler } from '../../shared/http/pipeline.ts';
import { pair } from '../../shared/http/route.ts';
import { change } from './changes/commands.ts';
import { previewChange } from './changes/queries/preview.ts';
import { continueSeries, create } from './commands.ts';
import { listOwnSeries, preview, readOneSeries } from './queries.ts';

export const routes = pair(api, {
  previewSeries: async (context, { body }) => ok(await preview(context, body)),
  createSeries: async (context, { body }) => {
    const { series, replayed } = await create(context, body);
    return created({ series }, { replayed });
  },
  listSeries: async (context) => ok({ series: await listOwnSeries(context) }),
  readSeries: async (context, { path }) => ok({ series: await readOneSeries(context, path.seriesId) }),
  continueSeries: async (context, { path }) => ok({ series: await continueSeries(context, path.seriesId) }),
  changeSeries: async (context, { path, body }) => ok({ series: await change(context, path.seriesId, body) }),
  previewSeriesChange: async (context, { path, body }) => ok(await previewChange(context, path.seriesId, body)),
});

export const handler = httpHandler(routes);
