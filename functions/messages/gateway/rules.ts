import { createHash, createHmac } from 'node:crypto';

/** Tencent Cloud API 3.0, "Signature v3" (TC3-HMAC-SHA256): https://www.tencentcloud.com/document/product/267/37447 */
export type Tc3Request = {
  readonly secretId: string;
  readonly secretKey: string;
  /** The product's name, `sms`; part of the credential scope. */
  readonly service: string;
  readonly host: string;
  readonly contentType: string;
  readonly body: string;
  readonly epochSeconds: number;
};

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');
const hmac = (key: string | Buffer, text: string): Buffer => createHmac('sha256', key).update(text).digest();

/** The `Authorization` header of a POST to `/` that signs its content type, host and body. */
export function tc3Authorization({
  secretId,
  secretKey,
  service,
  host,
  contentType,
  body,
  epochSeconds,
}: Tc3Request): string {
  const signedHeaders = 'content-type;host';
  const canonical = ['POST', '/', '', `content-type:${contentType}\nhost:${host}\n`, signedHeaders, sha256(body)].join(
    '\n',
  );
  // The date of the scope is the UTC date of the timestamp, whatever the wall shows.
  const date = new Date(epochSeconds * 1_000).toISOString().slice(0, 10);
  const scope = `${date}/${service}/tc3_request`;
  const toSign = ['TC3-HMAC-SHA256', epochSeconds, scope, sha256(canonical)].join('\n');
  const key = hmac(hmac(hmac(`TC3${secretKey}`, date), service), 'tc3_request');
  const signature = hmac(key, toSign).toString('hex');
  return `TC3-HMAC-SHA256 Credential=${secretId}/${scope}, SignedHeaders=${signedHeaders}, Signature=${signature}`;
}
