import * as sdk from '@aws-sdk/client-dynamodb';
import * as light from '../../../shared/aws/dynamodb.ts';

/** A client of the table: the SDK's, or the one that bundles have in its place. */
export type Caller = (operation: string, input: object) => Promise<Readonly<Record<string, unknown>>>;

/** What `shared/table/client.ts` asks for, less patient. */
const settings = {
  maxAttempts: 4,
  retryMode: 'standard',
  requestHandler: { connectionTimeout: 1_000, requestTimeout: 300, throwOnRequestTimeout: true },
} as const;

/** A new client of either library, at the address and with the credentials that the environment says, by its library's names. */
export function callerOf(library: 'sdk' | 'light'): Caller {
  const names = Object(library === 'sdk' ? sdk : light);
  const client = new names.DynamoDBClient(settings);
  return (operation, input) => client.send(new names[`${operation}Command`](input));
}

/** What the source reads of an error, and that it is of the class that it is told by. */
export function factsOf(error: unknown, library: 'sdk' | 'light') {
  if (!(error instanceof Error)) throw error;
  const { name, message, Item, CancellationReasons, $fault, $metadata } = Object(error);
  const ofClass = Object(library === 'sdk' ? sdk : light)[name];
  const isTold = /^(ConditionalCheckFailed|TransactionCanceled)Exception$/.test(name) ? error instanceof ofClass : true;
  return { name, message, Item, CancellationReasons, $fault, status: $metadata?.httpStatusCode, isTold };
}
