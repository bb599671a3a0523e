import type * as z from 'zod';
import type { Problem } from '../contracts/common.ts';
import { problemCatalog } from '../kernel/problem-catalog.ts';
import type { FieldProblem, Refusal } from '../kernel/refusal.ts';

/** Problem types are relative references, so that they hold in every city; the page at this path explains the code. */
export const problemType = (code: string): string => `/problems/${code}`;

/** The RFC 9457 body of a refusal: Chinese first, English beside it. */
export function problemBody(refusal: Refusal, traceId: string): Problem {
  const text = problemCatalog[refusal.code];
  return {
    type: problemType(refusal.code),
    title: text.zh,
    status: text.status,
    code: refusal.code,
    detail: text.zh,
    detailEn: text.en,
    traceId,
    ...(refusal.fields ? { fields: [...refusal.fields] } : {}),
    ...(Object.keys(refusal.facts).length > 0 ? { facts: { ...refusal.facts } } : {}),
  };
}

/** Each issue of a failed parse as a field and the rule it broke; unknown fields are named one by one. */
export function fieldProblems(place: 'path' | 'query' | 'body', error: z.ZodError): FieldProblem[] {
  return error.issues.flatMap((issue) => {
    const at = [place, ...issue.path.map(String)].join('.');
    if (issue.code === 'unrecognized_keys') {
      return issue.keys.map((key) => ({ at: `${at}.${key}`, rule: 'unknown-field', message: 'unknown field' }));
    }
    return [{ at, rule: issue.code, message: issue.message }];
  });
}
