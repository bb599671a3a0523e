import type { GetSecretValueCommandInput, GetSecretValueCommandOutput } from '@aws-sdk/client-secrets-manager';
import { type ClientConfig, Command, JsonClient } from './json-client.ts';

/** Stands for `@aws-sdk/client-secrets-manager` in a function's bundle: what the source takes from there, under the same names. */
export class SecretsManagerClient extends JsonClient {
  constructor(config: ClientConfig) {
    const service = {
      name: 'secretsmanager',
      target: 'secretsmanager',
      contentType: 'application/x-amz-json-1.1',
      endpointVariable: 'AWS_ENDPOINT_URL_SECRETS_MANAGER',
    } as const;
    super(service, config);
  }
}

export class GetSecretValueCommand extends Command<GetSecretValueCommandInput, GetSecretValueCommandOutput> {
  readonly operation = 'GetSecretValue';
}
