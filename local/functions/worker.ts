/**
 * What runs inside a function environment: a thread that loads the bundle once and then answers one event at a time, as a Lambda
 * environment does.
 */
import { enableCompileCache, flushCompileCache } from 'node:module';
import { pathToFileURL } from 'node:url';
import { parentPort, workerData } from 'node:worker_threads';

type Handler = (event: unknown, context: object) => Promise<unknown>;

type Data = { file: string; exportName: string; compiledFolder: string | undefined };
const { file, exportName, compiledFolder } = workerData as Data;
const port = parentPort;
if (!port) throw new Error('this file runs in a worker thread');

const errorFacts = (error: unknown) =>
  error instanceof Error
    ? { errorType: error.name, errorMessage: error.message, stack: error.stack }
    : { errorType: 'Error', errorMessage: String(error), stack: undefined };

let handler: Handler | undefined;
let initError: unknown;
try {
  if (compiledFolder) enableCompileCache(compiledFolder);
  const module = (await import(pathToFileURL(file).href)) as Record<string, Handler>;
  handler = module[exportName];
  if (!handler) throw new Error(`${file} exports no ${exportName}`);
  // The thread is ended without a chance to do it later.
  if (compiledFolder) flushCompileCache();
} catch (error) {
  initError = error;
}

port.on('message', async ({ event, context, deadlineEpochMs }) => {
  try {
    if (!handler) throw initError;
    const getRemainingTimeInMillis = () => Math.max(0, deadlineEpochMs - Date.now());
    const answer = await handler(JSON.parse(event), { ...context, getRemainingTimeInMillis });
    // Lambda carries answers as JSON; whatever JSON cannot carry must not get through here either.
    port.postMessage({ answer: JSON.stringify(answer) ?? 'null' });
  } catch (error) {
    port.postMessage({ error: errorFacts(error) });
  }
});
port.postMessage({ ready: true });
