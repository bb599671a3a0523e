import { type ChildProcess, spawn } from 'node:child_process';
import { connect } from 'node:net';
import { StartProblem } from '../../problem.ts';

const READY_WITHIN_MS = 30_000;
const LOOK_EVERY_MS = 10;
const STOP_WITHIN_MS = 5_000;

/** A program that speaks DynamoDB's API on a port of the loopback interface. */
export type EngineProgram = {
  readonly command: string;
  readonly parameters: readonly string[];
  readonly workingFolder?: string;
  readonly port: number;
  /** What to tell the developer when there is no such program. */
  readonly missing: string;
  /** What to tell when it ended at once, from its exit code and the end of what it wrote. */
  readonly explain: (code: number | null, output: string) => string;
};

export type EngineProcess = { readonly endpoint: string; readonly pid: number; stop(): Promise<void> };

/** Starts the program and answers when it accepts connections. Throws a {@link StartProblem} when it does not. */
export async function startEngineProcess(program: EngineProgram): Promise<EngineProcess> {
  const { command, parameters, workingFolder, port } = program;
  // Its own process group: Ctrl-C must reach the database last, after the functions have finished.
  const child = spawn(command, parameters, {
    ...(workingFolder ? { cwd: workingFolder } : {}),
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk: Buffer) => {
      output = (output + chunk.toString()).slice(-4_000);
    });
  }
  const exited = new Promise<never>((_, reject) => {
    child.once('error', (error: NodeJS.ErrnoException) => {
      const isMissing = error.code === 'ENOENT';
      reject(new StartProblem(isMissing ? program.missing : `The database did not start: ${error.message}`));
    });
    child.once('exit', (code) => reject(new StartProblem(program.explain(code, output))));
  });
  exited.catch(() => undefined);
  const deadline = Date.now() + READY_WITHIN_MS;
  while (!(await Promise.race([answers(port), exited]))) {
    if (Date.now() > deadline) {
      child.kill('SIGKILL');
      throw new StartProblem(`The database did not answer within ${READY_WITHIN_MS / 1_000} s.`);
    }
    await Promise.race([new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS)), exited]);
  }
  return { endpoint: `http://127.0.0.1:${port}`, pid: child.pid ?? 0, stop: () => stopProcess(child) };
}

/** The line that says a program ended at once, with the last line that it wrote. */
export function stoppedAtOnce(code: number | null, output: string, folder: string | undefined): string {
  const reason = output.trim().split('\n').at(-1) ?? '';
  return `The database stopped at once (exit ${code})${folder ? `; is its folder ${folder} sound?` : '.'} It said: ${reason}`;
}

function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('connect', () => resolve(true));
    socket.once('error', () => resolve(false));
    socket.once('close', () => resolve(false));
    socket.once('connect', () => socket.destroy());
  });
}

async function stopProcess(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  child.kill('SIGTERM');
  const impatient = setTimeout(() => child.kill('SIGKILL'), STOP_WITHIN_MS);
  await gone;
  clearTimeout(impatient);
}
