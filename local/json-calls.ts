import { Agent, request } from 'node:http';

/** An error answer of an AWS service; `name` is its type without the model's prefix. */
export class ServiceError extends Error {
  constructor(type: string, message: string) {
    super(message);
    this.name = type.split('#').at(-1) ?? type;
  }
}

/** What a service says to a call, as it came. */
export type RawAnswer = { readonly status: number; readonly text: string };

/** One operation of a service that speaks AWS's JSON protocol. */
export type JsonCall = <Output>(operation: string, input: object) => Promise<Output>;

/** What stands in an answer; throws a {@link ServiceError} when the service refuses. */
export function outputOf<Output>({ status, text }: RawAnswer): Output {
  const body: unknown = JSON.parse(text === '' ? '{}' : text);
  if (status === 200) return body as Output;
  const { __type = `status ${status}`, message, Message } = body as Partial<Record<string, string>>;
  throw new ServiceError(__type, message ?? Message ?? text);
}

export type Service = {
  readonly endpoint: string;
  readonly region: string;
  /** What stands before the operation in `x-amz-target`. */
  readonly model: string;
};

/**
 * Calls a service of this machine in its own JSON, which is what events carry: the SDK would take a third of a millisecond for each
 * record of a stream to make objects of it that have to become JSON again. Nobody here checks the
 * signature, but the engine looks whether there is one.
 */
export function jsonCaller({ endpoint, region, model }: Service): { call: JsonCall; stop(): void } {
  const agent = new Agent({ keepAlive: true });
  const date = '20260101';
  const authorization =
    `AWS4-HMAC-SHA256 Credential=local/${date}/${region}/dynamodb/aws4_request, ` +
    'SignedHeaders=host;x-amz-date, Signature=unchecked';
  const call = async <Output>(operation: string, input: object): Promise<Output> => {
    const sent = JSON.stringify(input);
    const headers = {
      authorization,
      'content-type': 'application/x-amz-json-1.0',
      'content-length': Buffer.byteLength(sent),
      'x-amz-date': `${date}T000000Z`,
      'x-amz-target': `${model}.${operation}`,
    };
    const answer = await new Promise<RawAnswer>((resolve, reject) => {
      const asking = request(endpoint, { method: 'POST', agent, headers }, (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('error', reject);
        response.on('end', () => {
          resolve({ status: response.statusCode ?? 0, text: Buffer.concat(chunks).toString('utf8') });
        });
      });
      asking.on('error', reject).end(sent);
    });
    return outputOf<Output>(answer);
  };
  return { call, stop: () => agent.destroy() };
}
