import { existsSync, readFileSync } from 'node:fs';
import { Agent, type IncomingMessage, request } from 'node:http';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';

/** An attribute value in DynamoDB's JSON; an item, or a key. */
export type Item = Readonly<Record<string, unknown>>;
export type Body = Readonly<Record<string, unknown>>;
export type Answer = { readonly status: number; readonly body: Body };

/** One call that the product made, the items that stood at its keys before, and what it is an example of. */
export type Case = {
  readonly shapes: readonly string[];
  readonly outcome: string;
  readonly operation: string;
  readonly body: Body;
  readonly before: readonly Item[];
};

/** Stands in a case where the name of the table was. */
export const TABLE = '{table}';
export const casesFile = join(import.meta.dirname, 'cases.jsonl.gz');

export function readCases(): Case[] {
  if (!existsSync(casesFile)) return [];
  const text = gunzipSync(readFileSync(casesFile)).toString('utf8');
  return text
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line));
}

const record = (value: unknown): Body => (value !== null && typeof value === 'object' ? { ...value } : {});
const list = (value: unknown): Body[] => (Array.isArray(value) ? value.map(record) : []);
const unique = (texts: readonly string[]): string[] => [...new Set(texts)].sort();

const judged = [
  'GetItem',
  'BatchGetItem',
  'Query',
  'PutItem',
  'UpdateItem',
  'DeleteItem',
  'BatchWriteItem',
  'TransactWriteItems',
];

/** What functions do to the table; making tables and scanning them whole is for those who start it. */
export const isJudged = (operation: string): boolean => judged.includes(operation);

const expressions = ['UpdateExpression', 'ConditionExpression', 'KeyConditionExpression', 'FilterExpression'];
const flags = ['ReturnValues', 'ReturnValuesOnConditionCheckFailure', 'ScanIndexForward', 'ConsistentRead', 'Select'];
const presences = ['IndexName', 'ExclusiveStartKey', 'Limit', 'ProjectionExpression', 'ClientRequestToken'];

/** An expression without what counts: placeholders lose their numbers, and what is repeated in it stands once. */
function expressionShape(text: unknown): string {
  const numberless = String(text)
    .replaceAll(/([#:][A-Za-z_]*)\d\w*/g, '$1N')
    .replaceAll(/\[\d+\]/g, '[N]')
    .replaceAll(/\s+/g, ' ');
  return numberless
    .split(' AND ')
    .map((part) => unique(part.split(', ')).join(', '))
    .filter((part, at, parts) => parts.indexOf(part) === at)
    .join(' AND ');
}

function requestShape(kind: string, body: Body): string {
  const parts = [
    ...expressions.filter((name) => body[name] !== undefined).map((name) => `${name} ${expressionShape(body[name])}`),
    ...flags.filter((name) => body[name] !== undefined).map((name) => `${name} ${body[name]}`),
    ...presences.filter((name) => body[name] !== undefined),
  ];
  return [kind, ...parts].join(' | ');
}

const writesOf = (body: Body): [string, Body][] =>
  list(body['TransactItems']).flatMap((entry) =>
    Object.entries(entry).map(([kind, of]): [string, Body] => [kind, record(of)]),
  );

const requestsOf = (body: Body): Body[] =>
  Object.values(record(body['RequestItems'])).flatMap((entries) => list(entries));

/** How the shape begins that says what stands together in one transaction. */
export const COMPANY = 'Transaction of';

/** What kinds of call this is: the operation, its expressions and options; of a transaction, those of each of its parts. */
export function shapesOf(operation: string, body: Body): string[] {
  if (operation === 'TransactWriteItems') {
    const parts = writesOf(body);
    return unique([
      `${COMPANY} ${unique(parts.map(([kind]) => kind)).join('+')}`,
      ...parts.map(([kind, of]) => requestShape(`Transact ${kind}`, of)),
    ]);
  }
  if (operation === 'BatchWriteItem') {
    return unique(requestsOf(body).flatMap((entry) => Object.keys(entry).map((kind) => `BatchWriteItem ${kind}`)));
  }
  if (operation === 'BatchGetItem') {
    return unique(Object.values(record(body['RequestItems'])).map((of) => requestShape('BatchGetItem', record(of))));
  }
  return [requestShape(operation, body)];
}

const keyOf = (item: unknown): Item => {
  const { pk, sk } = record(item);
  return { pk, sk };
};

/** The keys that a call names; a query names a partition instead. */
export function keysOf(operation: string, body: Body): Item[] {
  if (operation === 'TransactWriteItems') return writesOf(body).map(([, of]) => keyOf(of['Key'] ?? of['Item']));
  if (operation === 'BatchWriteItem') {
    return requestsOf(body).map((entry) =>
      keyOf(record(entry['DeleteRequest'])['Key'] ?? record(entry['PutRequest'])['Item']),
    );
  }
  if (operation === 'BatchGetItem') {
    return Object.values(record(body['RequestItems'])).flatMap((of) => list(record(of)['Keys']).map(keyOf));
  }
  return body['Key'] || body['Item'] ? [keyOf(body['Key'] ?? body['Item'])] : [];
}

const errorName = ({ body }: Answer): string => String(body['__type']).split('#').at(-1) ?? '';

/** What became of a call, as far as it matters for what it is an example of. */
export function outcomeOf(answer: Answer): string {
  const { status, body } = answer;
  if (status !== 200) {
    const reasons = list(body['CancellationReasons']).map(
      (reason) => `${reason['Code']}${reason['Item'] ? ' with item' : ''}`,
    );
    return [errorName(answer), ...unique(reasons), body['Item'] ? 'with item' : ''].filter(Boolean).join(', ');
  }
  const found =
    body['Item'] ?? (body['Items'] ? list(body['Items'])[0] : Object.values(record(body['Responses'])).flat()[0]);
  return ['done', found ? 'with items' : '', body['LastEvaluatedKey'] ? 'with more' : ''].filter(Boolean).join(', ');
}

/** Sends a call to an engine as bytes, so that its answer is seen as it comes. Neither engine checks the signature. */
export function sender(endpoint: string) {
  const agent = new Agent({ keepAlive: true });
  const { hostname, port } = new URL(endpoint);
  const call = async (operation: string, body: Body, api = 'DynamoDB_20120810'): Promise<Answer> => {
    const text = JSON.stringify(body);
    const headers = {
      'content-type': 'application/x-amz-json-1.0',
      'content-length': Buffer.byteLength(text),
      'x-amz-date': '20260101T000000Z',
      'x-amz-target': `${api}.${operation}`,
      authorization:
        'AWS4-HMAC-SHA256 Credential=test/20260101/us-east-1/dynamodb/aws4_request, SignedHeaders=host;x-amz-date;x-amz-target, Signature=0',
    };
    const reply = await new Promise<IncomingMessage>((resolve, reject) => {
      request({ agent, hostname, port, method: 'POST', path: '/', headers }, resolve).on('error', reject).end(text);
    });
    const chunks: Buffer[] = [];
    for await (const chunk of reply as AsyncIterable<Buffer>) chunks.push(chunk);
    return { status: reply.statusCode ?? 0, body: JSON.parse(Buffer.concat(chunks).toString('utf8')) };
  };
  return { call, stop: () => agent.destroy() };
}

/** A call with the table's name put in, or taken out. */
export const renamed = (body: Body, from: string, to: string): Body =>
  JSON.parse(JSON.stringify(body).replaceAll(JSON.stringify(from), JSON.stringify(to)));
