import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import { ok } from '../../shared/http/answer.ts';
import { httpHandler } from '../../shared/http/pipeline.ts';
import { route } from '../../shared/http/route.ts';
import { type Refusal, refuse } from '../../shared/kernel/refusal.ts';

type Document = { paths: Record<string, Record<string, unknown>> };
let document: Document | undefined;

/** The document lies beside the bundle; the CDK app writes it there from the route tables of all modules. */
function openApi(): Document {
  document ??= JSON.parse(readFileSync(join(import.meta.dirname, 'openapi.json'), 'utf8')) as Document;
  return document;
}

export const routes = [
  route({
    method: 'GET',
    path: '/v1/openapi.json',
    door: 'anyone',
    summary: 'This document: every route, its contract and its refusals.',
    answers: { 200: z.record(z.string(), z.unknown()) },
    run: async () => ok(openApi()),
  }),
  route({
    method: 'GET',
    path: '/v1/health',
    door: 'anyone',
    summary: 'Whether the city answers, and what time it thinks it is.',
    answers: { 200: z.object({ status: z.literal('ok'), now: z.iso.datetime() }) },
    run: async (_, { now }) => ok({ status: 'ok', now: now.toISOString() }),
  }),
];

/** 405 with the methods there are when the path exists, else 404. */
function unknownRoute({ rawPath }: { rawPath: string }): Refusal {
  for (const [template, methods] of Object.entries(openApi().paths)) {
    const pattern = new RegExp(`^${template.replace(/[.]/g, '\\.').replace(/\{\w+\}/g, '[^/]+')}$`);
    if (pattern.test(rawPath))
      return refuse('method-not-allowed', { allow: Object.keys(methods).map((m) => m.toUpperCase()) });
  }
  return refuse('not-found');
}

/** Also stands behind API Gateway's `$default` route, so that an unknown route is a problem document like any other refusal. */
export const handler = httpHandler(routes, unknownRoute);
