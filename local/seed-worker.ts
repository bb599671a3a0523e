/** Fills the city with the sample in a thread of its own, so that the city answers meanwhile and the functions' variables stay here. */
import { parentPort, workerData } from 'node:worker_threads';
import { seedIfEmpty } from '../import/sample/seed.ts';

const { folder, tenantId, nowIso } = workerData as { folder: string; tenantId: string; nowIso: string };

const { people } = await seedIfEmpty({
  dataFolder: folder,
  tenantId,
  now: new Date(nowIso),
  report: (line) => parentPort?.postMessage({ line }),
});
parentPort?.postMessage({ people });
