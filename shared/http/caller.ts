import { createHash, timingSafeEqual } from 'node:crypto';
import type { APIGatewayProxyEventV2 } from 'aws-lambda';

/** Where a request comes from, and the name it asked for. */
export type Caller = { readonly sourceIp: string; readonly host: string };

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();

/**
 * Who called, as the gateway saw it; or, when the request came through our own distribution (it carries the secret that only the
 * distribution knows), as the distribution saw it: the gateway then sees an edge of CloudFront as the source and itself as the host.
 * In `X-Forwarded-For` the last hop is that edge, and the one before it the viewer; what stands before may be anybody's invention.
 */
export function callerOf({
  headers,
  requestContext,
}: Pick<APIGatewayProxyEventV2, 'headers' | 'requestContext'>): Caller {
  const seen = { sourceIp: requestContext.http.sourceIp, host: requestContext.domainName };
  const secret = process.env['EDGE_SECRET'];
  if (!secret || !timingSafeEqual(digest(headers['x-linli-edge'] ?? ''), digest(secret))) return seen;
  const hops = (headers['x-forwarded-for'] ?? '').split(',').map((hop) => hop.trim());
  return { sourceIp: hops.at(-2) || seen.sourceIp, host: headers['x-linli-host'] ?? seen.host };
}
