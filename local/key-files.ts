import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { StartProblem } from './problem.ts';

/** The file that stands for a KMS key; made once, kept in the data folder so that stored tokens and cards stay readable. */
export function keyFile(folder: string, name: string, properties: Readonly<Record<string, unknown>>): string {
  const spec = properties['KeySpec'] ?? 'SYMMETRIC_DEFAULT';
  return writtenOnce(folder, name, () => {
    if (spec === 'ECC_NIST_P256') {
      const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
      return { kind: 'ES256', jwk: privateKey.export({ format: 'jwk' }) };
    }
    if (spec === 'SYMMETRIC_DEFAULT' || spec === 'HMAC_256') {
      return { kind: 'secret', base64: randomBytes(32).toString('base64') };
    }
    throw new Error(`key ${name}: the local runtime has no stand-in for a KMS key of spec ${String(spec)}`);
  });
}

/** Credentials for the local SMS gateway, in the shape of those that are filled in by hand in the cloud. */
export type SmsSecret = { secretId: string; secretKey: string; sdkAppId: string; signName: string };

export function smsSecretFile(folder: string, name: string): string {
  const secret: SmsSecret = {
    secretId: `local-${randomBytes(8).toString('hex')}`,
    secretKey: randomBytes(16).toString('hex'),
    sdkAppId: '1400000000',
    signName: '邻里',
  };
  return writtenOnce(folder, name, () => secret);
}

/** A secret that Secrets Manager would make up. */
export const generatedSecretFile = (folder: string, name: string): string =>
  writtenOnce(folder, name, () => ({ value: randomBytes(20).toString('hex') }));

function writtenOnce(folder: string, name: string, make: () => object): string {
  mkdirSync(folder, { recursive: true });
  const path = join(folder, `${name}.json`);
  if (!existsSync(path)) writeFileSync(path, JSON.stringify(make()), { mode: 0o600 });
  try {
    JSON.parse(readFileSync(path, 'utf8'));
  } catch {
    throw new StartProblem(`The file ${path} is damaged; start with --fresh to begin anew.`);
  }
  return path;
}
