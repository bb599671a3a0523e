import type { OutgoingHttpHeaders } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import aws4 from 'aws4';
import { SigningClock } from './clock-skew.ts';
import { currentCredentials } from './credentials.ts';
import { exchange, type Received } from './http-exchange.ts';
import { causeToRetry, pauseMs, RetryBudget } from './retries.ts';
import { type CallMetadata, type ErrorClasses, type ServiceError, serviceError } from './service-error.ts';

/** A service that speaks JSON over POST, by its names on the wire. */
export type Service = {
  /** As signatures and host names say it. */
  readonly name: string;
  /** Before the operation in `X-Amz-Target`. */
  readonly target: string;
  readonly contentType: 'application/x-amz-json-1.0' | 'application/x-amz-json-1.1';
  /** The variable that says another address. */
  readonly endpointVariable: string;
  readonly errors?: ErrorClasses;
};

/** What the source says to a client; the names are the SDK's. */
export type ClientConfig = {
  /** How often a call is sent at most. */
  readonly maxAttempts?: number;
  readonly retryMode?: 'standard';
  /** Milliseconds. */
  readonly requestHandler?: {
    readonly connectionTimeout?: number;
    readonly requestTimeout?: number;
    readonly throwOnRequestTimeout?: true;
  };
  /** The address in a queue's URL is not used here. */
  readonly useQueueUrlAsEndpoint?: false;
};
const understood = new Set(['maxAttempts', 'retryMode', 'requestHandler', 'useQueueUrlAsEndpoint']);

/** A call, described. `Output` is what the SDK says of its answer. */
export abstract class Command<Input extends object, Output> {
  declare readonly output?: Output;
  readonly input: Input;
  abstract readonly operation: string;

  constructor(input: Input) {
    this.input = input;
  }

  /** The body of the request: the input as it is, unless a command says otherwise. */
  body(): object {
    return this.input;
  }

  /** The answer from its body: as it is, unless a command says otherwise. */
  answer(body: object): object {
    return body;
  }
}

/** Where the service is: another address when a variable says so, else the region's own in its partition. */
export function endpointOf(
  { name, endpointVariable }: Pick<Service, 'name' | 'endpointVariable'>,
  region: string,
): URL {
  const given = process.env[endpointVariable] ?? process.env['AWS_ENDPOINT_URL'];
  const domain = region.startsWith('cn-') ? 'amazonaws.com.cn' : 'amazonaws.com';
  return new URL(given ?? `https://${name}.${region}.${domain}`);
}

function parsed(text: string): Readonly<Record<string, unknown>> {
  return text === '' ? {} : JSON.parse(text);
}

/**
 * Speaks to one service of AWS as a function in Lambda does: region and credentials from the environment, signature version 4 by `aws4`,
 * kept connections, retries by the SDK's standard mode. Refusals are thrown with the SDK's names and fields.
 */
export class JsonClient {
  readonly #service: Service;
  readonly #region: string;
  readonly #endpoint: URL;
  readonly #maxAttempts: number;
  readonly #timeouts: { readonly connectionTimeout: number; readonly requestTimeout: number };
  readonly #budget = new RetryBudget();
  readonly #clock = new SigningClock();

  constructor(service: Service, config: ClientConfig) {
    const unknown = Object.keys(config).filter((name) => !understood.has(name));
    if (unknown.length > 0) throw new Error(`the light client does not know ${unknown.join(', ')}`);
    const region = process.env['AWS_REGION'] ?? process.env['AWS_DEFAULT_REGION'];
    if (!region) throw new Error('Region is missing');
    this.#service = service;
    this.#region = region;
    this.#endpoint = endpointOf(service, region);
    this.#maxAttempts = config.maxAttempts ?? 3;
    const { connectionTimeout = 1_000, requestTimeout = 5_000 } = config.requestHandler ?? {};
    this.#timeouts = { connectionTimeout, requestTimeout };
  }

  /** Sends the command and gives its answer, as the SDK's client of this name does. */
  async send<Input extends object, Output>(command: Command<Input, Output>): Promise<Output> {
    const body = JSON.stringify(command.body());
    const metadata: CallMetadata = { attempts: 1, totalRetryDelay: 0 };
    let cost: number | undefined;
    for (;;) {
      let received: Received | undefined;
      const { offset } = this.#clock;
      try {
        const headers = this.#signedHeaders(command.operation, body);
        received = await exchange({ endpoint: this.#endpoint, headers, body, ...this.#timeouts });
        const answer = this.#read(received, metadata);
        this.#budget.give(cost);
        return { ...command.answer(answer), $metadata: metadata } as Output;
      } catch (error) {
        const isOfTheClock = this.#clock.learn(error, received?.headers.date, offset);
        const cause = isOfTheClock ? 'passing' : causeToRetry(error);
        cost = cause && metadata.attempts < this.#maxAttempts ? this.#budget.take(cause) : undefined;
        if (cause === undefined || cost === undefined) throw error;
        const pause = pauseMs(cause, metadata.attempts - 1);
        metadata.attempts += 1;
        metadata.totalRetryDelay += pause;
        await sleep(pause);
      }
    }
  }

  #signedHeaders(operation: string, body: string): OutgoingHttpHeaders {
    const { name, target, contentType } = this.#service;
    const { headers = {} } = aws4.sign(
      {
        host: this.#endpoint.host,
        method: 'POST',
        path: this.#endpoint.pathname,
        service: name,
        region: this.#region,
        headers: {
          'Content-Type': contentType,
          'X-Amz-Target': `${target}.${operation}`,
          'X-Amz-Date': this.#clock.now(),
        },
        body,
      },
      currentCredentials(),
    );
    return headers;
  }

  #read({ status, headers, text }: Received, metadata: CallMetadata): object {
    metadata.httpStatusCode = status;
    const requestId = headers['x-amzn-requestid'];
    if (typeof requestId === 'string') metadata.requestId = requestId;
    if (status >= 200 && status < 300) return parsed(text);
    throw this.#refusal(text, headers['x-amzn-errortype'], metadata);
  }

  #refusal(text: string, header: string | string[] | undefined, metadata: CallMetadata): ServiceError {
    const type = typeof header === 'string' ? header : undefined;
    let body: Readonly<Record<string, unknown>>;
    try {
      body = parsed(text);
    } catch {
      // What stands before a service, a load balancer for one, answers in HTML.
      body = { message: text.slice(0, 200) };
    }
    return serviceError(type, body, { ...metadata }, this.#service.errors ?? {});
  }
}
