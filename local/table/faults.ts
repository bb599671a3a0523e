/**
 * What goes wrong between a function and its table in the cloud and never does in the local engine. Probabilities are per call, from a
 * seeded generator, so that a run can be repeated.
 */
export type FaultPlan = {
  readonly seed: number;
  /** `ProvisionedThroughputExceededException` before the engine sees the call. */
  readonly throttle?: number;
  /** A conflict with another transaction or write on the item: for transactions the cancellation, for writes the exception. */
  readonly conflict?: number;
  /** The call reaches the engine and is done, but its answer is lost. */
  readonly lostAnswer?: number;
  /** Operations that faults are for; all item operations when missing. */
  readonly operations?: readonly string[];
};

export type Fault = 'throttle' | 'conflict' | 'lostAnswer';

/** Mulberry32: small, seeded, good enough to spread faults. */
function generator(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

const writes = new Set(['PutItem', 'UpdateItem', 'DeleteItem', 'TransactWriteItems', 'BatchWriteItem']);
const conflicting = new Set(['PutItem', 'UpdateItem', 'DeleteItem', 'TransactWriteItems']);
const reads = new Set(['GetItem', 'BatchGetItem', 'Query', 'TransactGetItems']);

export class Faults {
  #plan: FaultPlan | undefined;
  #next = generator(0);
  readonly injected: Record<Fault, number> = { throttle: 0, conflict: 0, lostAnswer: 0 };

  /** Switches faults on, or off without a plan. Counting starts again. */
  set(plan: FaultPlan | undefined): void {
    this.#plan = plan;
    this.#next = generator(plan?.seed ?? 0);
    for (const fault of Object.keys(this.injected) as Fault[]) this.injected[fault] = 0;
  }

  /** What goes wrong with this call, if anything. */
  draw(operation: string): Fault | undefined {
    const plan = this.#plan;
    if (!plan || !(writes.has(operation) || reads.has(operation))) return undefined;
    if (plan.operations && !plan.operations.includes(operation)) return undefined;
    const chosen = this.#choose(plan, operation);
    if (chosen) this.injected[chosen] += 1;
    return chosen;
  }

  #choose(plan: FaultPlan, operation: string): Fault | undefined {
    if (this.#next() < (plan.throttle ?? 0)) return 'throttle';
    if (conflicting.has(operation) && this.#next() < (plan.conflict ?? 0)) return 'conflict';
    if (writes.has(operation) && this.#next() < (plan.lostAnswer ?? 0)) return 'lostAnswer';
    return undefined;
  }
}

/** The error answer of DynamoDB for a fault that is answered before the engine. */
export function faultAnswer(fault: 'throttle' | 'conflict', operation: string, body: unknown): Record<string, unknown> {
  const model = 'com.amazonaws.dynamodb.v20120810#';
  if (fault === 'throttle') {
    return {
      __type: `${model}ProvisionedThroughputExceededException`,
      message: 'The level of configured provisioned throughput for the table was exceeded.',
    };
  }
  if (operation !== 'TransactWriteItems') {
    return { __type: `${model}TransactionConflictException`, message: 'Transaction is ongoing for the item' };
  }
  const items = (body as { TransactItems?: unknown[] }).TransactItems ?? [];
  const reasons = items.map((_, index) =>
    index === 0 ? { Code: 'TransactionConflict', Message: 'Transaction is ongoing for the item' } : { Code: 'None' },
  );
  return {
    __type: `${model}TransactionCanceledException`,
    message: `Transaction cancelled, please refer cancellation reasons for specific reasons [${reasons.map(({ Code }) => Code).join(', ')}]`,
    Message: `Transaction cancelled, please refer cancellation reasons for specific reasons [${reasons.map(({ Code }) => Code).join(', ')}]`,
    CancellationReasons: reasons,
  };
}
