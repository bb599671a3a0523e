import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { ACCOUNT_ID } from '../cloudformation/reader.ts';
import type { Match } from './router.ts';

/** Media types whose bodies travel as text; everything else travels as base64. */
const isText = (mediaType: string): boolean =>
  /^(text\/|application\/(.*\+)?(json|xml|javascript|x-www-form-urlencoded))/.test(mediaType);

const monthNames = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** `12/Mar/2020:19:03:58 +0000`, the format of `requestContext.time`. */
function commonLogTime(now: Date): string {
  const two = (value: number) => String(value).padStart(2, '0');
  const day = `${two(now.getUTCDate())}/${monthNames[now.getUTCMonth()]}/${now.getUTCFullYear()}`;
  return `${day}:${two(now.getUTCHours())}:${two(now.getUTCMinutes())}:${two(now.getUTCSeconds())} +0000`;
}

/** The event of payload format 2.0 that API Gateway would send for this request. */
export function httpEvent(request: IncomingMessage, body: Buffer, match: Match, now: Date): APIGatewayProxyEventV2 {
  const [rawPath = '/', ...query] = (request.url ?? '/').split('?');
  const rawQueryString = query.join('?');
  const headers: Record<string, string> = {};
  let cookies: string[] | undefined;
  for (const [name, value] of Object.entries(request.headersDistinct)) {
    if (!value) continue;
    if (name === 'cookie') cookies = value.flatMap((line) => line.split(';').map((cookie) => cookie.trim()));
    else headers[name] = value.join(',');
  }
  const text = isText(headers['content-type'] ?? 'text/plain');
  const domainName = headers['host'] ?? 'localhost';
  const parameters = queryParameters(rawQueryString);
  return {
    version: '2.0',
    routeKey: match.routeKey,
    rawPath,
    rawQueryString,
    ...(cookies ? { cookies } : {}),
    headers,
    ...(parameters ? { queryStringParameters: parameters } : {}),
    requestContext: {
      accountId: ACCOUNT_ID,
      apiId: 'local',
      domainName,
      domainPrefix: domainName.split('.')[0] ?? '',
      http: {
        method: request.method ?? 'GET',
        path: rawPath,
        protocol: `HTTP/${request.httpVersion}`,
        sourceIp: (request.socket.remoteAddress ?? '127.0.0.1').replace(/^::ffff:/, ''),
        userAgent: headers['user-agent'] ?? '',
      },
      requestId: randomUUID(),
      routeKey: match.routeKey,
      stage: '$default',
      time: commonLogTime(now),
      timeEpoch: now.getTime(),
    },
    ...(match.pathParameters ? { pathParameters: { ...match.pathParameters } } : {}),
    ...(body.length > 0 ? { body: body.toString(text ? 'utf8' : 'base64') } : {}),
    isBase64Encoded: body.length > 0 && !text,
  };
}

/** Values of a repeated parameter are joined by commas, as API Gateway does. */
function queryParameters(rawQueryString: string): Record<string, string> | undefined {
  if (rawQueryString === '') return undefined;
  const parameters: Record<string, string> = {};
  for (const [name, value] of new URLSearchParams(rawQueryString)) {
    const earlier = parameters[name];
    parameters[name] = earlier === undefined ? value : `${earlier},${value}`;
  }
  return parameters;
}

type Structured = {
  statusCode: number;
  headers?: Record<string, string | number | boolean>;
  cookies?: string[];
  body?: string;
  isBase64Encoded?: boolean;
};

/**
 * Writes a function's answer as API Gateway does: an object with `statusCode` is taken apart, anything else is sent as JSON with
 * 200. Returns the status.
 */
export function sendAnswer(response: ServerResponse, answer: unknown): number {
  if (answer === null || typeof answer !== 'object' || !('statusCode' in answer)) {
    return sendJson(response, 200, typeof answer === 'string' ? answer : JSON.stringify(answer));
  }
  const { statusCode, headers = {}, cookies, body = '', isBase64Encoded } = answer as Structured;
  if (!Number.isInteger(statusCode) || typeof body !== 'string') return sendGatewayError(response, 500);
  for (const [name, value] of Object.entries(headers)) response.setHeader(name, String(value));
  if (cookies) response.setHeader('set-cookie', cookies);
  const bytes = Buffer.from(body, isBase64Encoded ? 'base64' : 'utf8');
  if (bytes.length > 0 && !response.hasHeader('content-type'))
    response.setHeader('content-type', 'text/plain; charset=utf-8');
  // 204 and 304 carry no body and no length.
  if (statusCode !== 204 && statusCode !== 304) response.setHeader('content-length', bytes.length);
  response.writeHead(statusCode).end(bytes);
  return statusCode;
}

const gatewayMessages = {
  404: 'Not Found',
  413: 'Request Too Long',
  500: 'Internal Server Error',
  503: 'Service Unavailable',
};

/** What the gateway itself says when no function could answer. */
export function sendGatewayError(response: ServerResponse, status: keyof typeof gatewayMessages): number {
  return sendJson(response, status, JSON.stringify({ message: gatewayMessages[status] }));
}

function sendJson(response: ServerResponse, status: number, text: string): number {
  response
    .writeHead(status, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) })
    .end(text);
  return status;
}
