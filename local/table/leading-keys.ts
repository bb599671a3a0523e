/** One thing a request does to the table: the IAM action, the table or index it goes to, and the partition keys it touches. */
export type TableAction = {
  readonly action: string;
  readonly tableName: string;
  readonly indexName: string | undefined;
  /** Empty when the request names no key (a scan). */
  readonly leadingKeys: readonly string[];
};

type Item = Readonly<Record<string, { S?: string; N?: string } | undefined>>;
type Keyed = { TableName?: string; Key?: Item; Item?: Item };
type Request = Keyed & {
  IndexName?: string;
  KeyConditionExpression?: string;
  ExpressionAttributeNames?: Readonly<Record<string, string>>;
  ExpressionAttributeValues?: Item;
  RequestItems?: Readonly<Record<string, unknown>>;
  TransactItems?: readonly Readonly<Record<string, Keyed | undefined>>[];
};

/** Partition key attribute of the table (`undefined`) and of each index. */
export type PartitionKeys = ReadonlyMap<string | undefined, string>;

const transactActions: Readonly<Record<string, string>> = {
  Put: 'PutItem',
  Update: 'UpdateItem',
  Delete: 'DeleteItem',
  ConditionCheck: 'ConditionCheckItem',
  Get: 'GetItem',
};

/** Takes a DynamoDB request apart into what IAM checks. An operation that is not about items answers one action without keys. */
export function tableActions(operation: string, body: unknown, partitionKeys: PartitionKeys): TableAction[] {
  const request = body as Request;
  const partitionKey = partitionKeys.get(undefined) ?? '';
  const keyOf = ({ Key, Item }: Keyed): string[] => {
    const value = (Key ?? Item)?.[partitionKey];
    const text = value?.S ?? value?.N;
    return text === undefined ? [] : [text];
  };
  const one = (action: string, keyed: Keyed): TableAction => ({
    action: `dynamodb:${action}`,
    tableName: keyed.TableName ?? '',
    indexName: undefined,
    leadingKeys: keyOf(keyed),
  });
  switch (operation) {
    case 'Query':
      return [
        {
          action: 'dynamodb:Query',
          tableName: request.TableName ?? '',
          indexName: request.IndexName,
          leadingKeys: queriedKey(request, partitionKeys.get(request.IndexName) ?? ''),
        },
      ];
    case 'TransactWriteItems':
    case 'TransactGetItems':
      return (request.TransactItems ?? []).flatMap((entry) =>
        Object.entries(entry).map(([name, keyed]) => one(transactActions[name] ?? name, keyed ?? {})),
      );
    case 'BatchGetItem':
    case 'BatchWriteItem':
      return Object.entries(request.RequestItems ?? {}).map(([tableName, value]) => ({
        action: `dynamodb:${operation}`,
        tableName,
        indexName: undefined,
        leadingKeys: batchedKeys(value).flatMap(keyOf),
      }));
    default:
      return [{ ...one(operation, request), indexName: request.IndexName }];
  }
}

type BatchWrite = { PutRequest?: Keyed; DeleteRequest?: Keyed };

function batchedKeys(value: unknown): Keyed[] {
  if (Array.isArray(value)) {
    return (value as BatchWrite[]).flatMap(({ PutRequest, DeleteRequest }) => PutRequest ?? DeleteRequest ?? []);
  }
  return ((value as { Keys?: Item[] }).Keys ?? []).map((Key) => ({ Key }));
}

/** The value that the key condition gives to the partition key: `#pk = :pk`, in either order. */
function queriedKey(request: Request, partitionKey: string): string[] {
  const condition = request.KeyConditionExpression ?? '';
  for (const [, left = '', right = ''] of condition.matchAll(/([#:]?\w+)\s*=\s*([#:]?\w+)/g)) {
    const [name, value] = left.startsWith(':') ? [right, left] : [left, right];
    const attribute = name.startsWith('#') ? request.ExpressionAttributeNames?.[name] : name;
    const given = request.ExpressionAttributeValues?.[value];
    const text = given?.S ?? given?.N;
    if (attribute === partitionKey && text !== undefined) return [text];
  }
  return [];
}
