/**
 * Whether a history of concurrent calls could have happened one by one, each at some moment between its call and its answer (Herlihy
 * and Wing's linearizability), by the search of Wing and Gong: try every call that nobody must precede, undo what leads nowhere,
 * remember where one has been.
 */
export type Call<Op> = {
  readonly op: Op;
  /** What the caller was told; `undefined` when the answer could not tell (it fits whatever the model says). */
  readonly said: string | undefined;
  readonly calledAt: number;
  readonly answeredAt: number;
};

export type Sequential<State, Op> = {
  readonly initial: State;
  /** What the operation says when it happens alone in this state, and the state after. */
  readonly apply: (state: State, op: Op) => { says: string; state: State };
  /** Equal states have equal names. */
  readonly nameOf: (state: State) => string;
};

/** An order in which the history could have happened, as indexes into it, or `undefined`. At most 52 calls. */
export function linearization<State, Op>(
  history: readonly Call<Op>[],
  { initial, apply, nameOf }: Sequential<State, Op>,
): number[] | undefined {
  if (history.length > 52) throw new RangeError('at most 52 calls');
  const seen = new Set<string>();
  const order: number[] = [];
  const done = new Set<number>();

  const search = (state: State): boolean => {
    if (done.size === history.length) return true;
    const name = `${history.map((_, index) => (done.has(index) ? '1' : '0')).join('')} ${nameOf(state)}`;
    if (seen.has(name)) return false;
    seen.add(name);
    const open = history.flatMap((call, index) => (done.has(index) ? [] : [{ call, index }]));
    const firstAnswer = Math.min(...open.map(({ call }) => call.answeredAt));
    for (const { call, index } of open) {
      // A call that began after another was answered cannot have happened before it.
      if (call.calledAt > firstAnswer) continue;
      const { says, state: after } = apply(state, call.op);
      if (call.said !== undefined && call.said !== says) continue;
      done.add(index);
      order.push(index);
      if (search(after)) return true;
      done.delete(index);
      order.pop();
    }
    return false;
  };
  return search(initial) ? order : undefined;
}
