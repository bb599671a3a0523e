import * as z from 'zod';
import { environment } from '../../../shared/kernel/environment.ts';
import type { TemplateCall } from '../notices.ts';
import { gatewaySecret } from './queries.ts';
import { tc3Authorization } from './rules.ts';

/** Tencent Cloud SMS, `SendSms` of version 2021-01-11: https://www.tencentcloud.com/document/product/382/40536 */
const answer = z.object({
  Response: z.object({
    Error: z.object({ Code: z.string() }).optional(),
    SendStatusSet: z.array(z.object({ Code: z.string() })).optional(),
  }),
});

const CONTENT_TYPE = 'application/json; charset=utf-8';
const TIMEOUT_MS = 5_000;

/** What the gateway says of a number that will never take this message: trying again would change nothing. */
const isFinal = (code: string): boolean =>
  code === 'InvalidParameterValue.IncorrectPhoneNumber' ||
  code === 'FailedOperation.PhoneNumberInBlacklist' ||
  code === 'UnsupportedOperation.UnsupportedRegion' ||
  code.startsWith('LimitExceeded.PhoneNumber');

/**
 * Sends one SMS. `sent`, or the gateway's code when it refuses this number for good; everything else (a network fault, a wrong
 * signature, a template not approved) throws and is tried again from the queue. `messageId` comes back in the gateway's reports.
 */
export async function sendSms(
  phone: string,
  { template, parameters }: TemplateCall,
  messageId: string,
): Promise<string> {
  const { secretId, secretKey, sdkAppId, signName, templates } = await gatewaySecret();
  const endpoint = new URL(environment('SMS_ENDPOINT'));
  const body = JSON.stringify({
    PhoneNumberSet: [phone],
    SmsSdkAppId: sdkAppId,
    SignName: signName,
    TemplateId: templates[template] ?? template,
    TemplateParamSet: parameters,
    SessionContext: messageId,
  });
  // Signatures are about real time, so a moved clock of the city does not move them.
  const epochSeconds = Math.floor(Date.now() / 1_000);
  const signed = {
    secretId,
    secretKey,
    service: 'sms',
    host: endpoint.host,
    contentType: CONTENT_TYPE,
    body,
    epochSeconds,
  };
  const response = await fetch(endpoint, {
    method: 'POST',
    headers: {
      authorization: tc3Authorization(signed),
      'content-type': CONTENT_TYPE,
      'x-tc-action': 'SendSms',
      'x-tc-version': '2021-01-11',
      'x-tc-region': 'ap-guangzhou',
      'x-tc-timestamp': String(epochSeconds),
    },
    body,
    signal: AbortSignal.timeout(TIMEOUT_MS),
  });
  const { Error: failure, SendStatusSet = [] } = answer.parse(await response.json()).Response;
  const code = failure?.Code ?? SendStatusSet[0]?.Code ?? 'no status';
  if (code === 'Ok') return 'sent';
  if (isFinal(code)) return code;
  throw new Error(`the SMS gateway refused: ${code}`);
}
