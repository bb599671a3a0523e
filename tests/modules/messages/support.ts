import { createServer } from 'node:http';
import type { SQSEvent } from 'aws-lambda';

export type Sending = { readonly headers: Record<string, string>; readonly body: Record<string, unknown> };
export type Gateway = {
  readonly sendings: Sending[];
  /** The next answers, in order, before it says yes again: a status code of the gateway, or `broken` for no answer at all. */
  readonly next: string[];
  close(): Promise<void>;
};

/** A third party's gateway as far as these tests need it: takes what it is sent, answers as told. */
export async function startGateway(): Promise<Gateway> {
  const sendings: Sending[] = [];
  const next: string[] = [];
  const server = createServer(async (request, response) => {
    let text = '';
    for await (const chunk of request) text += chunk;
    const plan = next.shift() ?? 'Ok';
    if (plan === 'broken') return response.destroy();
    const headers = Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name, String(value)]));
    sendings.push({ headers, body: JSON.parse(text) });
    const answer = plan.startsWith('AuthFailure')
      ? { Error: { Code: plan, Message: plan }, RequestId: 'r' }
      : { SendStatusSet: [{ Code: plan, SerialNo: '1' }], RequestId: 'r' };
    return response.end(JSON.stringify({ Response: answer }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  process.env['SMS_ENDPOINT'] = `http://127.0.0.1:${address.port}`;
  return {
    sendings,
    next,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

/** A delivery of the messages queue, as Lambda hands it over. */
export function delivery(...bodies: readonly unknown[]): SQSEvent {
  return {
    Records: bodies.map((body, index) => ({
      messageId: `q${index}`,
      receiptHandle: 'r',
      body: typeof body === 'string' ? body : JSON.stringify(body),
      attributes: {
        ApproximateReceiveCount: '1',
        SentTimestamp: '0',
        SenderId: 'test',
        ApproximateFirstReceiveTimestamp: '0',
      },
      messageAttributes: {},
      md5OfBody: '',
      eventSource: 'aws:sqs',
      eventSourceARN: 'arn:aws:sqs:us-east-1:000000000000:messages',
      awsRegion: 'us-east-1',
    })),
  };
}
