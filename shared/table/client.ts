import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { environment } from '../kernel/environment.ts';

let client: DynamoDBClient | undefined;

/**
 * The one client of a function environment: the SDK's, in whose place a bundle has the light one of `shared/aws`. It retries throttling, 5xx
 * and broken connections itself (standard mode, with jitter); every write here is conditional or deterministic, so a retry after a lost answer finds its own first try.
 */
export function tableClient(): DynamoDBClient {
  client ??= new DynamoDBClient({
    maxAttempts: 4,
    retryMode: 'standard',
    requestHandler: { connectionTimeout: 1_000, requestTimeout: 5_000, throwOnRequestTimeout: true },
  });
  return client;
}

export const tableName = (): string => environment('TABLE_NAME');
