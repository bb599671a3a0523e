/** `npm start`: the whole city, with the pages as they would be deployed. */
import { argumentsOrExit } from './arguments.ts';
import { runUntilStopped } from './run.ts';
import { buildWebIfStale } from './web-build.ts';

await runUntilStopped(argumentsOrExit(), { prepare: buildWebIfStale });
