import {
  CreateTableCommand,
  type CreateTableCommandInput,
  DescribeTableCommand,
  type DynamoDBClient,
  ResourceNotFoundException,
  type TableDescription,
  UpdateTimeToLiveCommand,
} from '@aws-sdk/client-dynamodb';
import { StartProblem } from '../problem.ts';

type Properties = Readonly<Record<string, unknown>>;

/**
 * Creates the table that the template describes, unless the data folder already has it. Returns its ARNs and whether it is new. A table
 * whose keys differ from the template's is refused: its data were written for another shape.
 */
export async function createTable(
  client: DynamoDBClient,
  name: string,
  properties: Properties,
): Promise<{ arn: string; streamArn: string; isNew: boolean }> {
  const wanted = inputFrom(name, properties);
  const existing = await describe(client, name);
  if (existing) {
    if (shapeOf(existing) !== shapeOf(wanted)) {
      throw new StartProblem('The data folder holds a table of another shape; start with --fresh to begin anew.');
    }
    return { ...arnsOf(existing), isNew: false };
  }
  const { TableDescription } = await client.send(new CreateTableCommand(wanted));
  const ttl = properties['TimeToLiveSpecification'] as { AttributeName: string; Enabled: boolean } | undefined;
  if (ttl) await client.send(new UpdateTimeToLiveCommand({ TableName: name, TimeToLiveSpecification: ttl }));
  return { ...arnsOf(TableDescription ?? {}), isNew: true };
}

/** Point-in-time recovery, encryption and deletion protection have no counterpart in the local engine. */
function inputFrom(name: string, properties: Properties): CreateTableCommandInput {
  const indexes = properties['GlobalSecondaryIndexes'] as CreateTableCommandInput['GlobalSecondaryIndexes'];
  const stream = properties['StreamSpecification'] as { StreamViewType: 'NEW_AND_OLD_IMAGES' } | undefined;
  return {
    TableName: name,
    KeySchema: properties['KeySchema'] as CreateTableCommandInput['KeySchema'],
    AttributeDefinitions: properties['AttributeDefinitions'] as CreateTableCommandInput['AttributeDefinitions'],
    BillingMode: 'PAY_PER_REQUEST',
    ...(indexes ? { GlobalSecondaryIndexes: indexes } : {}),
    ...(stream ? { StreamSpecification: { StreamEnabled: true, StreamViewType: stream.StreamViewType } } : {}),
  };
}

async function describe(client: DynamoDBClient, name: string): Promise<TableDescription | undefined> {
  try {
    return (await client.send(new DescribeTableCommand({ TableName: name }))).Table;
  } catch (error) {
    if (error instanceof ResourceNotFoundException) return undefined;
    throw error;
  }
}

const arnsOf = ({ TableArn, LatestStreamArn }: TableDescription) => ({
  arn: TableArn ?? '',
  streamArn: LatestStreamArn ?? '',
});

type Shaped = Pick<CreateTableCommandInput, 'KeySchema' | 'GlobalSecondaryIndexes'> | TableDescription;

function shapeOf({ KeySchema, GlobalSecondaryIndexes }: Shaped): string {
  const keys = (schema: CreateTableCommandInput['KeySchema']) =>
    schema?.map(({ AttributeName, KeyType }) => `${KeyType} ${AttributeName}`).join();
  const indexes = GlobalSecondaryIndexes?.map((index) => `${index.IndexName}: ${keys(index.KeySchema)}`).sort();
  return JSON.stringify([keys(KeySchema), indexes ?? []]);
}
