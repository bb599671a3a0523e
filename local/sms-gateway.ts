import { createHash, createHmac, randomUUID, timingSafeEqual } from 'node:crypto';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import { join } from 'node:path';
import { textOf } from '../functions/messages/index.ts';
import { keptList } from './kept-list.ts';
import type { SmsSecret } from './key-files.ts';
import { listen } from './ports.ts';

/** A message as the gateway took it. */
export type SentMessage = {
  readonly at: string;
  readonly to: string;
  readonly templateId: string;
  readonly parameters: readonly string[];
  /** What the person would read; the parameters alone when the template is not ours. */
  readonly text: string;
  readonly signName: string;
};

const KEPT = 200;
/** Requests older or newer than this are refused, as the real gateway does. */
const CLOCK_SKEW_SECONDS = 300;

type SendSms = {
  PhoneNumberSet?: string[];
  SmsSdkAppId?: string;
  SignName?: string;
  TemplateId?: string;
  TemplateParamSet?: string[];
  SessionContext?: string;
};

const sha256 = (data: string | Buffer): string => createHash('sha256').update(data).digest('hex');
const hmac = (key: string | Buffer, data: string): Buffer => createHmac('sha256', key).update(data).digest();

/**
 * The code of what is wrong with a TC3-HMAC-SHA256 signature (Tencent Cloud API 3.0, "Signature v3"), or undefined when it is right.
 * The canonical URI is always `/`.
 */
export function signatureProblem(
  headers: IncomingHttpHeaders,
  body: Buffer,
  secret: Pick<SmsSecret, 'secretId' | 'secretKey'>,
  nowEpochSeconds: number,
): string | undefined {
  const pattern =
    /^TC3-HMAC-SHA256 Credential=([^/]+)\/([\d-]+)\/(\w+)\/tc3_request, ?SignedHeaders=([\w;-]+), ?Signature=([\da-f]{64})$/;
  const [, id, date = '', service = '', names = '', signature = ''] = pattern.exec(headers.authorization ?? '') ?? [];
  if (!id) return 'AuthFailure.InvalidAuthorization';
  if (id !== secret.secretId) return 'AuthFailure.SecretIdNotFound';
  const timestamp = String(headers['x-tc-timestamp'] ?? '');
  if (Math.abs(nowEpochSeconds - Number(timestamp)) > CLOCK_SKEW_SECONDS) return 'AuthFailure.SignatureExpire';
  const signed = names.split(';');
  if (!signed.includes('content-type') || !signed.includes('host')) return 'AuthFailure.InvalidAuthorization';
  const canonicalHeaders = signed
    .map(
      (name) =>
        `${name}:${String(headers[name] ?? '')
          .trim()
          .toLowerCase()}\n`,
    )
    .join('');
  const canonical = ['POST', '/', '', canonicalHeaders, names, sha256(body)].join('\n');
  const scope = `${date}/${service}/tc3_request`;
  const toSign = ['TC3-HMAC-SHA256', timestamp, scope, sha256(canonical)].join('\n');
  const key = hmac(hmac(hmac(`TC3${secret.secretKey}`, date), service), 'tc3_request');
  const expected = hmac(key, toSign);
  return timingSafeEqual(expected, Buffer.from(signature, 'hex')) ? undefined : 'AuthFailure.SignatureFailure';
}

export type SmsGateway = {
  readonly endpoint: string;
  messages(to?: string): readonly SentMessage[];
  stop(): Promise<void>;
};

/** Answers `SendSms` (Tencent Cloud SMS, version 2021-01-11) like the real gateway, and keeps the messages instead of sending them. */
export async function startSmsGateway(
  dataFolder: string,
  secretOf: () => SmsSecret | undefined,
  clock: () => Date,
): Promise<SmsGateway> {
  const kept = keptList<SentMessage>(join(dataFolder, 'messages.jsonl'), KEPT, join(dataFolder, 'messages.json'));
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
    const body = Buffer.concat(chunks);
    const secret = secretOf();
    // Signatures are about real time: the moved clock is for the city's rules only.
    const problem = secret ? signatureProblem(request.headers, body, secret, Date.now() / 1_000) : 'InternalError';
    const answer = problem ? failure(problem) : accept(request.headers, body);
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ Response: answer }));
  });

  function accept(headers: IncomingHttpHeaders, body: Buffer): object {
    if (headers['x-tc-action'] !== 'SendSms') return failure('InvalidAction');
    if (headers['x-tc-version'] !== '2021-01-11') return failure('NoSuchVersion');
    const {
      PhoneNumberSet = [],
      TemplateId,
      TemplateParamSet = [],
      SmsSdkAppId,
      SignName = '',
      SessionContext = '',
    } = JSON.parse(body.toString('utf8')) as SendSms;
    if (!TemplateId || !SmsSdkAppId || PhoneNumberSet.length === 0) return failure('MissingParameter');
    const at = clock().toISOString();
    const taken = PhoneNumberSet.map((to) => ({
      at,
      to,
      templateId: TemplateId,
      parameters: TemplateParamSet,
      text: textOf(TemplateId, TemplateParamSet) ?? TemplateParamSet.join(' · '),
      signName: SignName,
    }));
    kept.add(taken);
    return {
      SendStatusSet: PhoneNumberSet.map((PhoneNumber) => ({
        SerialNo: randomUUID(),
        PhoneNumber,
        Fee: 1,
        SessionContext,
        Code: 'Ok',
        Message: 'send success',
        IsoCode: 'CN',
      })),
      RequestId: randomUUID(),
    };
  }

  const port = await listen(server, 0);
  return {
    endpoint: `http://127.0.0.1:${port}`,
    messages: (to) => kept.read().filter((message) => to === undefined || message.to === to),
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

const failure = (Code: string): object => ({ Error: { Code, Message: Code }, RequestId: randomUUID() });
