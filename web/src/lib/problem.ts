import type { Problem } from '../../../shared/contracts/common.ts';
import type { ProblemCode } from '../../../shared/kernel/problem-catalog.ts';
import type { Language } from './preferences.ts';

/** The API said no, and why: the problem document of RFC 9457 as an error. */
export class ProblemError extends Error {
  override readonly name = 'ProblemError';
  readonly problem: Problem;

  constructor(problem: Problem) {
    super(`${problem.code}: ${problem.detailEn}`);
    this.problem = problem;
  }

  get code(): string {
    return this.problem.code;
  }

  /** What to show, in the reader's language. */
  text(language: Language): string {
    return language === 'en' ? this.problem.detailEn : this.problem.detail;
  }

  /** A fact the refusal carries (`personId`, `sessionId`, …) when it is a text. */
  fact(name: string): string | undefined {
    const value = this.problem.facts?.[name];
    return typeof value === 'string' ? value : undefined;
  }
}

/** No answer arrived: the connection is gone, or the server took too long. Nobody knows whether the request was carried out. */
export class ConnectionError extends Error {
  override readonly name = 'ConnectionError';
}

export function isProblem(error: unknown, ...codes: ProblemCode[]): error is ProblemError {
  return error instanceof ProblemError && (codes.length === 0 || codes.some((code) => code === error.code));
}

/**
 * True when the server has decided and a repeat would get the same answer. A lost connection, a busy or broken server and a
 * missing sign-in leave the request undecided: it must be repeated under the same `Idempotency-Key`.
 */
export function isDefinite(error: unknown): boolean {
  return error instanceof ProblemError && error.problem.status < 500 && ![401, 408, 429].includes(error.problem.status);
}

const isProblemDocument = (value: unknown): value is Problem =>
  typeof value === 'object' && value !== null && 'code' in value && 'detail' in value && 'detailEn' in value;

/** The problem an answer carries; an answer that is no problem document (a proxy's page) becomes an `internal` one. */
export async function problemOf(response: Response): Promise<ProblemError> {
  const body: unknown = await response.json().catch(() => undefined);
  if (isProblemDocument(body)) return new ProblemError(body);
  return new ProblemError({
    type: '/problems/internal',
    code: 'internal',
    title: '系统出错了',
    status: response.status,
    detail: '系统暂时没有正常应答，请稍后再试。',
    detailEn: 'The system did not answer properly; try again shortly.',
    traceId: response.headers.get('trace-id') ?? '',
  });
}
