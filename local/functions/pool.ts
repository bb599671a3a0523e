import { randomUUID } from 'node:crypto';
import { availableParallelism } from 'node:os';
import type { FunctionSpec } from '../cloudformation/resources.ts';
import { type Answered, FunctionEnvironment } from './environment.ts';

export type PoolLimits = {
  /** Environments of one function. */
  readonly perFunction: number;
  /** Environments of all functions. */
  readonly inAll: number;
  readonly idleMs: number;
  /** Events that may wait for an environment before more are refused. */
  readonly waiting: number;
};

/** One waits for the table while the others compute; more would each compile the same code again and take turns at the cores. */
const PER_FUNCTION = availableParallelism() + 1;

export const usualLimits: PoolLimits = {
  perFunction: PER_FUNCTION,
  inAll: Math.max(16, 4 * PER_FUNCTION),
  idleMs: 60_000,
  waiting: 2_000,
};

export type PoolOptions = {
  readonly limits: PoolLimits;
  /** Where what V8 has compiled is kept, for the next environment of a function and for the next start. */
  readonly compiledFolder?: string;
  /** Environment variables of a new environment; `environmentId` tells environments of one function apart. */
  readonly variablesOf: (spec: FunctionSpec, environmentId: string) => Readonly<Record<string, string>>;
  readonly onLine: (spec: FunctionSpec, line: string, stream: 'stdout' | 'stderr') => void;
};

type Seat = {
  readonly spec: FunctionSpec;
  readonly id: string;
  readonly environment: FunctionEnvironment;
  taken: boolean;
};
type Ticket = { readonly spec: FunctionSpec; readonly start: (seat: Seat) => void };

/**
 * Gives each event an environment of its function: an idle one, else a new one up to the limits, else the event waits its turn.
 * When the limit over all functions is reached, the longest idle environment of another function makes room.
 */
export class FunctionPool {
  readonly #options: PoolOptions;
  readonly #waiting: Ticket[] = [];
  readonly #reaper: NodeJS.Timeout;
  #seats: Seat[] = [];
  #made = 0;

  constructor(options: PoolOptions) {
    this.#options = options;
    this.#reaper = setInterval(() => this.#reap(), Math.min(options.limits.idleMs, 5_000));
    this.#reaper.unref();
  }

  /** Runs the event and answers what the function answered; throws `FunctionError` when it failed. */
  async invoke(spec: FunctionSpec, event: unknown): Promise<Answered> {
    const seat = this.#take(spec) ?? (await this.#wait(spec));
    try {
      return await seat.environment.invoke(event, randomUUID());
    } finally {
      seat.taken = false;
      if (seat.environment.dead) this.#seats = this.#seats.filter((other) => other !== seat);
      this.#serveWaiting();
    }
  }

  /** How many environments live, by function name. */
  population(): Record<string, number> {
    const counts: Record<string, number> = {};
    for (const { spec } of this.#seats) counts[spec.name] = (counts[spec.name] ?? 0) + 1;
    return counts;
  }

  /** Milliseconds of CPU that the environments that live have taken, by function name. */
  async cpuMs(): Promise<Record<string, number>> {
    const taken: Record<string, number> = {};
    for (const { spec, environment } of this.#seats)
      taken[spec.name] = (taken[spec.name] ?? 0) + (await environment.cpuMs());
    return taken;
  }

  /** Ends the environment with this id in the middle of what it does. */
  async kill(environmentId: string): Promise<void> {
    await this.#seats.find(({ id }) => id === environmentId)?.environment.kill();
  }

  async stop(): Promise<void> {
    clearInterval(this.#reaper);
    this.#waiting.length = 0;
    await Promise.all(this.#seats.map(({ environment }) => environment.kill()));
    this.#seats = [];
  }

  #wait(spec: FunctionSpec): Promise<Seat> {
    if (this.#waiting.length >= this.#options.limits.waiting)
      throw new Error('too many events wait for an environment');
    return new Promise((start) => {
      this.#waiting.push({ spec, start });
    });
  }

  /** An idle environment of the function, or a new one where the limits allow it. */
  #take(spec: FunctionSpec): Seat | undefined {
    const own = this.#seats.filter((seat) => seat.spec === spec && !seat.environment.dead);
    const idle = own.find((seat) => !seat.taken);
    if (idle) {
      idle.taken = true;
      return idle;
    }
    const { perFunction, inAll } = this.#options.limits;
    if (own.length >= perFunction) return undefined;
    if (this.#seats.length >= inAll && !this.#makeRoom()) return undefined;
    this.#made += 1;
    const id = String(this.#made);
    const environment = new FunctionEnvironment({
      spec,
      compiledFolder: this.#options.compiledFolder,
      variables: this.#options.variablesOf(spec, id),
      onLine: (line, stream) => this.#options.onLine(spec, line, stream),
    });
    const seat = { spec, id, environment, taken: true };
    this.#seats.push(seat);
    return seat;
  }

  #makeRoom(): boolean {
    const idle = this.#seats.filter(({ taken }) => !taken);
    const oldest = idle.sort((a, b) => a.environment.idleSinceMs - b.environment.idleSinceMs)[0];
    if (oldest) this.#dismiss([oldest]);
    return oldest !== undefined;
  }

  #serveWaiting(): void {
    for (let index = 0; index < this.#waiting.length; ) {
      const ticket = this.#waiting[index];
      const seat = ticket && this.#take(ticket.spec);
      if (ticket && seat) {
        this.#waiting.splice(index, 1);
        ticket.start(seat);
      } else {
        index += 1;
      }
    }
  }

  #reap(): void {
    const tooOld = Date.now() - this.#options.limits.idleMs;
    this.#dismiss(this.#seats.filter(({ taken, environment }) => !taken && environment.idleSinceMs < tooOld));
  }

  #dismiss(seats: readonly Seat[]): void {
    this.#seats = this.#seats.filter((seat) => !seats.includes(seat));
    for (const { environment } of seats) void environment.kill();
  }
}
