import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { tc3Authorization } from '../../../functions/messages/gateway/rules.ts';
import { textOf } from '../../../functions/messages/notices.ts';
import { handler } from '../../../functions/messages/queue.ts';
import { personItems } from '../../../functions/people/index.ts';
import { randomId } from '../../../shared/kernel/ids.ts';
import type { Message } from '../../../shared/messages/message.ts';
import { putMany } from '../../../shared/table/bulk.ts';
import { setClock, wait } from '../../support/invoke.ts';
import { newPhone, resident } from '../../support/residents.ts';
import { tenants } from '../../support/tenants.ts';
import { delivery, type Gateway, startGateway } from './support.ts';

let gateway: Gateway;
beforeAll(async () => {
  gateway = await startGateway();
});
afterAll(() => gateway.close());
beforeEach(() => {
  setClock('2026-02-10T02:00:00Z');
  gateway.sendings.length = 0;
});

function codeMessage(changes: Partial<Extract<Message, { kind: 'sign-in-code' }>> = {}): Message {
  const messageId = randomId('m');
  const common = { tenantId: tenants()[0], language: 'zh', messageId } as const;
  return { kind: 'sign-in-code', ...common, phone: newPhone(), code: '012345', minutes: 5, ...changes };
}

const confirmation = (personId: string): Message => ({
  kind: 'booking-confirmed',
  tenantId: tenants()[0],
  messageId: randomId('m'),
  language: 'zh',
  personId,
  booking: {
    beneficiaryName: '陈一',
    title: '课后托管',
    centerName: '玉湖邻里中心',
    date: '2026-02-14',
    startsAt: '16:30',
    shortCode: '3KQ9XA',
  },
});

const failuresOf = async (...bodies: readonly unknown[]): Promise<string[]> =>
  (await handler(delivery(...bodies))).batchItemFailures.map(({ itemIdentifier }) => itemIdentifier);

describe('a message', () => {
  test('goes to the gateway by template, signed', async () => {
    const message = codeMessage();
    expect(await failuresOf(message)).toEqual([]);
    expect(gateway.sendings).toHaveLength(1);
    const [{ headers, body } = { headers: {}, body: {} }] = gateway.sendings;
    expect(body).toEqual({
      PhoneNumberSet: [message.kind === 'sign-in-code' && message.phone],
      SmsSdkAppId: '1400000000',
      SignName: '邻里',
      TemplateId: 'sign-in-code.zh',
      TemplateParamSet: ['012345', '5'],
      SessionContext: message.messageId,
    });
    const signed = (headers as Record<string, string>)['authorization'];
    expect(signed).toBe(
      tc3Authorization({
        secretId: 'test-secret-id',
        secretKey: 'test-secret-key',
        service: 'sms',
        host: (headers as Record<string, string>)['host'] ?? '',
        contentType: 'application/json; charset=utf-8',
        body: JSON.stringify(body),
        epochSeconds: Number((headers as Record<string, string>)['x-tc-timestamp']),
      }),
    );
  });

  test('to a person goes to the number in their record', async () => {
    const chen = await resident();
    expect(await failuresOf(confirmation(chen.personId))).toEqual([]);
    expect(gateway.sendings[0]?.body).toMatchObject({
      PhoneNumberSet: [chen.phone],
      TemplateId: 'booking-confirmed.zh',
      TemplateParamSet: ['陈一', '课后托管', '玉湖邻里中心', '2026-02-14', '16:30', '3KQ9XA'],
    });
  });

  test('to someone without a phone is settled without sending', async () => {
    const personId = randomId('p');
    await putMany(personItems(tenants()[0], { personId, name: '林阿婆', createdAt: '2026-01-01T00:00:00.000Z' }));
    expect(await failuresOf(confirmation(personId))).toEqual([]);
    expect(gateway.sendings).toEqual([]);
  });

  test('is sent once, however often it is delivered', async () => {
    const message = codeMessage();
    expect(await failuresOf(message)).toEqual([]);
    expect(await failuresOf(message)).toEqual([]);
    expect(gateway.sendings).toHaveLength(1);
  });

  test('delivered twice at the same moment is sent once, and the other delivery waits', async () => {
    const message = codeMessage();
    const failed = (await Promise.all([failuresOf(message), failuresOf(message)])).flat();
    expect(gateway.sendings).toHaveLength(1);
    expect(failed.length).toBeLessThanOrEqual(1);
    expect(await failuresOf(message)).toEqual([]);
    expect(gateway.sendings).toHaveLength(1);
  });

  test.each(['broken', 'AuthFailure.SignatureFailure', 'InternalError.Timeout'])(
    'is tried again after %s',
    async (plan) => {
      const message = codeMessage();
      gateway.next.push(plan);
      expect(await failuresOf(message)).toEqual(['q0']);
      const tried = gateway.sendings.length;
      expect(await failuresOf(message)).toEqual([]);
      expect(gateway.sendings).toHaveLength(tried + 1);
    },
  );

  test('is not tried again where the number will never take it', async () => {
    const message = codeMessage();
    gateway.next.push('FailedOperation.PhoneNumberInBlacklist');
    expect(await failuresOf(message)).toEqual([]);
    expect(await failuresOf(message)).toEqual([]);
    expect(gateway.sendings).toHaveLength(1);
  });

  test('that cannot be read fails alone', async () => {
    wait(1);
    expect(await failuresOf(codeMessage(), 'no json', { kind: 'unheard-of' }, codeMessage())).toEqual(['q1', 'q2']);
    expect(gateway.sendings).toHaveLength(2);
  });
});

describe('the words of a template', () => {
  test('have a place for each value', () => {
    expect(textOf('sign-in-code.zh', ['012345', '5'])).toBe('您的登录验证码是012345，5分钟内有效。请勿告诉任何人。');
    expect(textOf('invitation-received.en', ['陈*明', '14'])).toContain('陈*明 has sent you an invitation');
    expect(textOf('9911223', ['x'])).toBeUndefined();
  });
});

describe('the signature', () => {
  test('is that of the gateway’s published example', () => {
    // "Signature v3" of Tencent Cloud API 3.0: DescribeInstances at 1551113065.
    const authorization = tc3Authorization({
      secretId: 'AKIDz8krbsJ5yKBZQpn74WFkmLPx3EXAMPLE',
      secretKey: 'Gu5t9xGARNpq86cd98joQYCN3EXAMPLE',
      service: 'cvm',
      host: 'cvm.tencentcloudapi.com',
      contentType: 'application/json; charset=utf-8',
      body: '{"Limit": 1, "Filters": [{"Values": ["\\u672a\\u547d\\u540d"], "Name": "instance-name"}]}',
      epochSeconds: 1_551_113_065,
    });
    expect(authorization).toBe(
      'TC3-HMAC-SHA256 Credential=AKIDz8krbsJ5yKBZQpn74WFkmLPx3EXAMPLE/2019-02-25/cvm/tc3_request, ' +
        'SignedHeaders=content-type;host, ' +
        'Signature=72e494ea809ad7a8c8f7a4507b9bddcbaa8e581f516e8da2f66e2c5a96525168',
    );
  });
});
