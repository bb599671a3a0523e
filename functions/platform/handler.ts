import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as api from '../../shared/contracts/endpoints/platform.ts';
import { ok } from '../../shared/http/answer.ts';
import { httpHandler } from '../../shared/http/pipeline.ts';
import { pair } from '../../shared/http/route.ts';
import { type Refusal, refuse } from '../../shared/kernel/refusal.ts';

type Document = { paths: Record<string, Record<string, unknown>> };
let document: Document | undefined;

/** The document lies beside the bundle; the CDK app writes it there from the contracts of all modules. */
function openApi(): Document {
  document ??= JSON.parse(readFileSync(join(import.meta.dirname, 'openapi.json'), 'utf8')) as Document;
  return document;
}

export const routes = pair(api, {
  readOpenApiDocument: async () => ok(openApi()),
  readHealth: async ({ now }) => ok({ status: 'ok', now: now.toISOString() }),
});

/** 405 with the methods there are when the path exists, else 404. */
function unknownRoute({ rawPath }: { rawPath: string }): Refusal {
  const fits = (template: string): boolean =>
    new RegExp(`^${template.replace(/[.]/g, '\\.').replace(/\{\w+\}/g, '[^/]+')}$`).test(rawPath);
  const bracesIn = (template: string): number => template.split('{').length;
  // Literal parts win over braces, as in API Gateway.
  const [match] = Object.entries(openApi().paths)
    .filter(([template]) => fits(template))
    .sort(([a], [b]) => bracesIn(a) - bracesIn(b));
  if (!match) return refuse('not-found');
  const methods = Object.keys(match[1]).map((method) => method.toUpperCase());
  return refuse('method-not-allowed', {
    allow: methods.flatMap((method) => (method === 'GET' ? ['GET', 'HEAD'] : [method])),
  });
}

/** Also stands behind API Gateway's `$default` route, so that an unknown route is a problem document like any other refusal. */
export const handler = httpHandler(routes, unknownRoute);
