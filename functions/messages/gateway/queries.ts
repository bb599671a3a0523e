import { readFile } from 'node:fs/promises';
import * as z from 'zod';
import { environment } from '../../../shared/kernel/environment.ts';

/**
 * What the SMS gateway knows us by, filled in by hand after the first deployment. `templates` maps our template names
 * (`sign-in-code.zh`) to the ids the gateway gave them; on one machine it is left out and the names serve as ids.
 */
const smsSecret = z.object({
  secretId: z.string().min(1),
  secretKey: z.string().min(1),
  sdkAppId: z.string().min(1),
  signName: z.string().min(1),
  templates: z.record(z.string(), z.string()).default({}),
});
export type SmsSecret = z.infer<typeof smsSecret>;

let kept: { readonly id: string; readonly secret: Promise<SmsSecret> } | undefined;

async function read(id: string): Promise<SmsSecret> {
  if (id.startsWith('file:')) return smsSecret.parse(JSON.parse(await readFile(id.slice('file:'.length), 'utf8')));
  // Loaded only where it is used, so that no local start pays for it.
  const { GetSecretValueCommand, SecretsManagerClient } = await import('@aws-sdk/client-secrets-manager');
  const { SecretString = '' } = await new SecretsManagerClient({}).send(new GetSecretValueCommand({ SecretId: id }));
  return smsSecret.parse(JSON.parse(SecretString));
}

/** The gateway's credentials, read once for the life of the environment; a failed read is tried again by the next message. */
export function gatewaySecret(): Promise<SmsSecret> {
  const id = environment('SMS_SECRET_ID');
  if (kept?.id !== id) {
    kept = { id, secret: read(id) };
    kept.secret.catch(() => {
      kept = undefined;
    });
  }
  return kept.secret;
}
