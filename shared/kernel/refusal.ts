import { type ProblemCode, problemCatalog } from './problem-catalog.ts';

/** One field that broke a rule: `at` is a JSON pointer-like path (`body.beneficiaryIds.0`), `rule` a stable word. */
export type FieldProblem = { at: string; rule: string; message: string };

/**
 * A "no" with a reason: the only kind of error that a caller is told about. `code` is stable and picks status and texts from the
 * catalog; `facts` carry what the reason is about (which person, what limit) and appear in the answer as extra members.
 */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly code: ProblemCode;
  readonly facts: Readonly<Record<string, unknown>>;
  readonly fields: readonly FieldProblem[] | undefined;

  constructor(code: ProblemCode, facts: Record<string, unknown> = {}, fields?: readonly FieldProblem[]) {
    super(`${code}: ${problemCatalog[code].en}`);
    this.code = code;
    this.facts = facts;
    this.fields = fields;
  }

  get status(): number {
    return problemCatalog[this.code].status;
  }
}

/** A refusal with this code, for `throw refuse('session-full', { sessionId })`. */
export function refuse(code: ProblemCode, facts?: Record<string, unknown>): Refusal {
  return new Refusal(code, facts);
}

/** True for a refusal, optionally of one code. */
export function isRefusal(error: unknown, code?: ProblemCode): error is Refusal {
  return error instanceof Refusal && (code === undefined || error.code === code);
}

/** The refusal `invalid-input` of one field that a contract cannot judge, as {@link FieldProblem} names it. */
export function wrongField(field: FieldProblem): Refusal {
  return new Refusal('invalid-input', {}, [field]);
}
