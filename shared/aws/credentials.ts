import { namedError } from './http-exchange.ts';

/**
 * Who signs, as Lambda tells a function by its environment. Read anew for each call, so that credentials that were replaced meanwhile are
 * met; a signature with ones that have ended is refused as `ExpiredTokenException`.
 */
export function currentCredentials() {
  const {
    AWS_ACCESS_KEY_ID: accessKeyId,
    AWS_SECRET_ACCESS_KEY: secretAccessKey,
    AWS_SESSION_TOKEN: sessionToken,
  } = process.env;
  if (!accessKeyId || !secretAccessKey)
    throw namedError('CredentialsProviderError', 'AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY are not set');
  return { accessKeyId, secretAccessKey, ...(sessionToken ? { sessionToken } : {}) };
}
