import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { CityPlan, FunctionSpec } from '../cloudformation/resources.ts';
import { type Answered, FunctionError } from '../functions/environment.ts';
import { listen } from '../ports.ts';
import { httpEvent, sendAnswer, sendGatewayError } from './events.ts';
import { sendPage } from './pages.ts';
import { routerFor } from './router.ts';

/** API Gateway refuses larger bodies; the functions themselves refuse much smaller ones. */
const MAX_BODY_BYTES = 10 * 1024 * 1024;

export type RequestLine = {
  readonly method: string;
  readonly path: string;
  readonly status: number;
  readonly milliseconds: number;
  readonly cold: boolean;
  readonly traceId: string | undefined;
};

export type GatewayOptions = {
  readonly plan: CityPlan;
  readonly port: number;
  readonly webBuild: string;
  readonly invoke: (spec: FunctionSpec, event: unknown) => Promise<Answered>;
  /** Pages of the local runtime itself, under `/_local/`. Answers false when the address is not one of them. */
  readonly localPages: (request: IncomingMessage, response: ServerResponse, url: URL) => boolean;
  readonly onRequest: (line: RequestLine) => void;
  readonly onFailure: (spec: FunctionSpec, error: FunctionError) => void;
  readonly clock: () => Date;
};

export type Gateway = { readonly port: number; stop(): Promise<void> };

/** The HTTP door of the city: API routes as the template has them, the web build, and the local pages. */
export async function startGateway(options: GatewayOptions): Promise<Gateway> {
  const route = routerFor(options.plan.routes);

  async function callFunction(request: IncomingMessage, response: ServerResponse, path: string) {
    const body = await bodyOf(request);
    if (!body) return { status: sendGatewayError(response, 413), cold: false };
    const match = route(request.method ?? 'GET', path);
    const spec = match && options.plan.functions.get(match.functionArn);
    if (!match || !spec) return { status: sendGatewayError(response, 404), cold: false };
    try {
      const { answer, cold } = await options.invoke(spec, httpEvent(request, body, match, options.clock()));
      return { status: sendAnswer(response, answer), cold };
    } catch (error) {
      if (error instanceof FunctionError) options.onFailure(spec, error);
      else options.onFailure(spec, new FunctionError('LocalRuntime', String(error)));
      return { status: sendGatewayError(response, 500), cold: false };
    }
  }

  const server = createServer(async (request, response) => {
    const startedAt = performance.now();
    const url = new URL(request.url ?? '/', 'http://localhost');
    if (url.pathname.startsWith('/_local/')) {
      if (!options.localPages(request, response, url)) sendGatewayError(response, 404);
      return;
    }
    const isApi = /^\/(v1|\.well-known)(\/|$)/.test(url.pathname);
    if (!isApi && (request.method === 'GET' || request.method === 'HEAD')) {
      await sendPage(request, response, options.webBuild, url.pathname);
      return;
    }
    const { status, cold } = await callFunction(request, response, url.pathname);
    options.onRequest({
      method: request.method ?? 'GET',
      path: url.pathname,
      status,
      milliseconds: performance.now() - startedAt,
      cold,
      traceId: response.getHeader('trace-id')?.toString(),
    });
  });
  // Longer than any client keeps an idle connection, so that none is closed under a request on its way.
  server.keepAliveTimeout = 75_000;
  const port = await listen(server, options.port);
  return {
    port,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function bodyOf(request: IncomingMessage): Promise<Buffer | undefined> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes <= MAX_BODY_BYTES) chunks.push(chunk);
  }
  return bytes > MAX_BODY_BYTES ? undefined : Buffer.concat(chunks);
}
