import { randomUUID } from 'node:crypto';
import type {
  AttributeValue,
  BatchGetItemCommandInput,
  BatchGetItemCommandOutput,
  BatchWriteItemCommandInput,
  BatchWriteItemCommandOutput,
  CancellationReason,
  DeleteItemCommandInput,
  DeleteItemCommandOutput,
  GetItemCommandInput,
  GetItemCommandOutput,
  PutItemCommandInput,
  PutItemCommandOutput,
  QueryCommandInput,
  QueryCommandOutput,
  TransactWriteItemsCommandInput,
  TransactWriteItemsCommandOutput,
  UpdateItemCommandInput,
  UpdateItemCommandOutput,
} from '@aws-sdk/client-dynamodb';
import { type ClientConfig, Command, JsonClient } from './json-client.ts';
import { ServiceError } from './service-error.ts';

/**
 * Stands for `@aws-sdk/client-dynamodb` in a function's bundle: what the source takes from there, under the same names. Attributes go as
 * DynamoDB's JSON has them, so that numbers stay the texts they are; binary attributes are not made here.
 */
export class ConditionalCheckFailedException extends ServiceError {
  /** The item as it stood, when the write asked for it. */
  declare readonly Item?: Record<string, AttributeValue>;
}

export class TransactionCanceledException extends ServiceError {
  /** One for each write, in their order. */
  declare readonly CancellationReasons?: CancellationReason[];
}

export class DynamoDBClient extends JsonClient {
  constructor(config: ClientConfig) {
    const service = {
      name: 'dynamodb',
      target: 'DynamoDB_20120810',
      contentType: 'application/x-amz-json-1.0',
      endpointVariable: 'AWS_ENDPOINT_URL_DYNAMODB',
      errors: { ConditionalCheckFailedException, TransactionCanceledException },
    } as const;
    super(service, config);
  }
}

export class GetItemCommand extends Command<GetItemCommandInput, GetItemCommandOutput> {
  readonly operation = 'GetItem';
}

export class BatchGetItemCommand extends Command<BatchGetItemCommandInput, BatchGetItemCommandOutput> {
  readonly operation = 'BatchGetItem';
}

export class QueryCommand extends Command<QueryCommandInput, QueryCommandOutput> {
  readonly operation = 'Query';
}

export class PutItemCommand extends Command<PutItemCommandInput, PutItemCommandOutput> {
  readonly operation = 'PutItem';
}

export class UpdateItemCommand extends Command<UpdateItemCommandInput, UpdateItemCommandOutput> {
  readonly operation = 'UpdateItem';
}

export class DeleteItemCommand extends Command<DeleteItemCommandInput, DeleteItemCommandOutput> {
  readonly operation = 'DeleteItem';
}

export class BatchWriteItemCommand extends Command<BatchWriteItemCommandInput, BatchWriteItemCommandOutput> {
  readonly operation = 'BatchWriteItem';
}

export class TransactWriteItemsCommand extends Command<
  TransactWriteItemsCommandInput,
  TransactWriteItemsCommandOutput
> {
  readonly operation = 'TransactWriteItems';

  /** Under one token in all its sendings, so that a transaction whose answer was lost is not done twice. */
  override body(): object {
    return { ClientRequestToken: randomUUID(), ...this.input };
  }
}
