import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { Problem } from '../../../shared/contracts/common.ts';
import { once } from '../../../web/src/lib/intent.ts';
import { ConnectionError, ProblemError } from '../../../web/src/lib/problem.ts';

const refusal = (status: number, code: string): ProblemError => {
  const problem: Problem = { type: '', title: '', status, code, detail: '', detailEn: '', traceId: '' };
  return new ProblemError(problem);
};

/** The key each try was sent with; the tries fail in this order, then succeed. */
async function keysOf(bodies: unknown[], failures: (Error | undefined)[]): Promise<string[]> {
  const keys: string[] = [];
  for (const [index, body] of bodies.entries()) {
    await once('book', body, async (key) => {
      keys.push(key);
      const failure = failures[index];
      if (failure) throw failure;
    }).catch(() => undefined);
  }
  return keys;
}

describe('one intent, one key', () => {
  beforeEach(() => {
    const kept = new Map<string, string>();
    vi.stubGlobal('sessionStorage', {
      getItem: (name: string) => kept.get(name) ?? null,
      setItem: (name: string, value: string) => kept.set(name, value),
      removeItem: (name: string) => kept.delete(name),
    });
  });

  it.each([
    ['a lost connection', new ConnectionError('no answer')],
    ['a busy server', refusal(503, 'try-again')],
    ['an expired sign-in', refusal(401, 'token-expired')],
    ['too many requests', refusal(429, 'rate-limited')],
  ])('is kept after %s', async (_, failure) => {
    const [first, second] = await keysOf([{ a: 1 }, { a: 1 }], [failure]);
    expect(second).toBe(first);
  });

  it.each([
    ['a success', undefined],
    ['a refusal', refusal(409, 'session-full')],
  ])('ends with %s', async (_, outcome) => {
    const [first, second] = await keysOf([{ a: 1 }, { a: 1 }], [outcome]);
    expect(second).not.toBe(first);
  });

  it('belongs to its body: another wish gets another key', async () => {
    const [first, second] = await keysOf([{ a: 1 }, { a: 2 }], [new ConnectionError('no answer')]);
    expect(second).not.toBe(first);
  });
});
