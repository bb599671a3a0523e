/**
 * What runs inside a function environment: a thread that loads the bundle once and then answers one event at a time, as a Lambda
 * environment does.
 */
import { pathToFileURL } from 'node:url';
import { parentPort, workerData } from 'node:worker_threads';

type Handler = (event: unknown, context: object) => Promise<unknown>;

const { file, exportName } = workerData as { file: string; exportName: string };
const port = parentPort;
if (!port) throw new Error('this file runs in a worker thread');

const errorFacts = (error: unknown) =>
  error instanceof Error
    ? { errorType: error.name, errorMessage: error.message, stack: error.stack }
    : { errorType: 'Error', errorMessage: String(error), stack: undefined };

let handler: Handler | undefined;
let initError: unknown;
try {
  const module = (await import(pathToFileURL(file).href)) as Record<string, Handler>;
  handler = module[exportName];
  if (!handler) throw new Error(`${file} exports no ${exportName}`);
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
