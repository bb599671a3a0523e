import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { FunctionSpec } from '../cloudformation/resources.ts';

/** Why an invocation gave no answer, as Lambda names it. */
export class FunctionError extends Error {
  override readonly name = 'FunctionError';
  readonly errorType: string;

  constructor(errorType: string, message: string, stack?: string) {
    super(message);
    this.errorType = errorType;
    if (stack) this.stack = stack;
  }
}

export type Answered = { readonly answer: unknown; readonly cold: boolean };

type Reply = { answer?: string; error?: { errorType: string; errorMessage: string; stack?: string } };

export type EnvironmentOptions = {
  readonly spec: FunctionSpec;
  readonly compiledFolder: string | undefined;
  readonly variables: Readonly<Record<string, string>>;
  readonly onLine: (line: string, stream: 'stdout' | 'stderr') => void;
};

/** One function environment. It takes one event at a time; after a timeout or a crash it is dead and is not used again. */
export class FunctionEnvironment {
  readonly #worker: Worker;
  readonly #spec: FunctionSpec;
  readonly #loaded = Promise.withResolvers<void>();
  #finish: ((reply: Reply) => void) | undefined;
  #served = 0;
  #dead = false;
  idleSinceMs = Date.now();

  constructor({ spec, compiledFolder, variables, onLine }: EnvironmentOptions) {
    this.#spec = spec;
    const [file = 'index', exportName = 'handler'] = spec.handler.split('.');
    this.#worker = new Worker(new URL('./worker.ts', import.meta.url), {
      env: { ...variables },
      execArgv: [],
      stdout: true,
      stderr: true,
      workerData: { file: join(spec.folder, `${file}.cjs`), exportName, compiledFolder },
      resourceLimits: { maxOldGenerationSizeMb: spec.memoryMb },
    });
    eachLine(this.#worker.stdout, (line) => onLine(line, 'stdout'));
    eachLine(this.#worker.stderr, (line) => onLine(line, 'stderr'));
    this.#worker.on('message', (reply: Reply & { ready?: true }) => {
      if (reply.ready) this.#loaded.resolve();
      else this.#finish?.(reply);
    });
    this.#worker.on('error', (error) => this.#die('Runtime.ExitError', error.message));
    this.#worker.on('exit', () => this.#die('Runtime.ExitError', 'the environment exited'));
  }

  get dead(): boolean {
    return this.#dead;
  }

  get busy(): boolean {
    return this.#finish !== undefined;
  }

  /** Gives the event to the function. Throws {@link FunctionError} when it throws, dies or takes longer than its timeout. */
  invoke(event: unknown, requestId: string): Promise<Answered> {
    if (this.busy || this.#dead) throw new Error('an environment serves one event at a time, while it lives');
    const cold = this.#served === 0;
    this.#served += 1;
    const { timeoutSeconds, name, arn, memoryMb } = this.#spec;
    return new Promise((resolve, reject) => {
      let timer: NodeJS.Timeout | undefined;
      this.#finish = ({ answer, error }) => {
        clearTimeout(timer);
        this.#finish = undefined;
        this.idleSinceMs = Date.now();
        if (error) reject(new FunctionError(error.errorType, error.errorMessage, error.stack));
        else resolve({ answer: JSON.parse(answer ?? 'null'), cold });
      };
      // Lambda loads the bundle outside the function's timeout, and so does this.
      void this.#loaded.promise.then(() => {
        if (this.#dead) return;
        timer = setTimeout(() => {
          this.#die('Sandbox.Timedout', `Task timed out after ${timeoutSeconds} seconds`);
        }, timeoutSeconds * 1_000);
        this.#worker.postMessage({
          // As text: copying the objects of an event between threads costs more than writing and parsing them.
          event: JSON.stringify(event),
          context: {
            awsRequestId: requestId,
            functionName: name,
            invokedFunctionArn: arn,
            memoryLimitInMB: String(memoryMb),
          },
          deadlineEpochMs: Date.now() + timeoutSeconds * 1_000,
        });
      });
    });
  }

  /** Milliseconds of CPU that its thread has taken; 0 when it has died. */
  async cpuMs(): Promise<number> {
    if (this.#dead) return 0;
    const { user, system } = await this.#worker.cpuUsage().catch(() => ({ user: 0, system: 0 }));
    return (user + system) / 1_000;
  }

  /** Ends the environment at once, whatever it is doing, as a crash of its host would. */
  async kill(): Promise<void> {
    this.#die('Runtime.ExitError', 'the environment was killed');
    await this.#worker.terminate();
  }

  #die(errorType: string, errorMessage: string): void {
    if (this.#dead) return;
    this.#dead = true;
    this.#finish?.({ error: { errorType, errorMessage } });
    void this.#worker.terminate();
  }
}

function eachLine(stream: NodeJS.ReadableStream, onLine: (line: string) => void): void {
  let rest = '';
  stream.on('data', (chunk: Buffer) => {
    const lines = (rest + chunk.toString()).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) if (line) onLine(line);
  });
}
