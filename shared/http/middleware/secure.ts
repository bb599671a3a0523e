import type { Middleware, Result } from '../exchange.ts';

/** What every answer of an API says to a browser: read nothing into it, show it nowhere, come by HTTPS. */
const securityHeaders = {
  'Origin-Agent-Cluster': '?1',
  'Referrer-Policy': 'no-referrer',
  'Reporting-Endpoints': '',
  'Strict-Transport-Security': 'max-age=15552000; includeSubDomains; preload',
  'X-Content-Type-Options': 'nosniff',
  'X-DNS-Prefetch-Control': 'off',
  'X-Download-Options': 'noopen',
  'X-Permitted-Cross-Domain-Policies': 'none',
};

/** Security headers on answers and refusals alike. */
export function secure(): Middleware {
  const add = ({ response }: { response: Result | null | undefined }): void => {
    if (response) response.headers = { ...response.headers, ...securityHeaders };
  };
  return { after: add, onError: add };
}
