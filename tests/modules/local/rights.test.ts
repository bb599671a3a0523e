import { describe, expect, it } from 'vitest';
import { type PartitionKeys, tableActions } from '../../../local/table/leading-keys.ts';
import { rightsOf } from '../../../local/table/rights.ts';

const partitionKeys: PartitionKeys = new Map<string | undefined, string>([
  [undefined, 'pk'],
  ['due', 'duePk'],
]);

const actions = (operation: string, body: unknown) =>
  tableActions(operation, body, partitionKeys).map(
    ({ action, indexName, leadingKeys }) => `${action}${indexName ? `/${indexName}` : ''} ${leadingKeys.join()}`,
  );
const key = (pk: string) => ({ pk: { S: pk }, sk: { S: 'x' } });

describe('what a request does to the table', () => {
  it('is read from keys, items and key conditions', () => {
    expect(actions('GetItem', { TableName: 't', Key: key('a') })).toEqual(['dynamodb:GetItem a']);
    expect(actions('PutItem', { TableName: 't', Item: key('b') })).toEqual(['dynamodb:PutItem b']);
    const query = {
      TableName: 't',
      KeyConditionExpression: '#p = :p AND begins_with(sk, :s)',
      ExpressionAttributeNames: { '#p': 'pk' },
      ExpressionAttributeValues: { ':p': { S: 'c' }, ':s': { S: 'd' } },
    };
    expect(actions('Query', query)).toEqual(['dynamodb:Query c']);
    const due = { ...query, IndexName: 'due', KeyConditionExpression: 'duePk = :p AND dueAtEpochSeconds <= :s' };
    expect(actions('Query', due)).toEqual(['dynamodb:Query/due c']);
  });

  it('is each item of a transaction on its own, and the keys of a batch together', () => {
    const transaction = {
      TransactItems: [
        { Put: { TableName: 't', Item: key('a') } },
        { Update: { TableName: 't', Key: key('b') } },
        { ConditionCheck: { TableName: 't', Key: key('c') } },
        { Delete: { TableName: 't', Key: key('d') } },
      ],
    };
    expect(actions('TransactWriteItems', transaction)).toEqual([
      'dynamodb:PutItem a',
      'dynamodb:UpdateItem b',
      'dynamodb:ConditionCheckItem c',
      'dynamodb:DeleteItem d',
    ]);
    expect(actions('BatchGetItem', { RequestItems: { t: { Keys: [key('a'), key('b')] } } })).toEqual([
      'dynamodb:BatchGetItem a,b',
    ]);
    const writes = [{ PutRequest: { Item: key('a') } }, { DeleteRequest: { Key: key('b') } }];
    expect(actions('BatchWriteItem', { RequestItems: { t: writes } })).toEqual(['dynamodb:BatchWriteItem a,b']);
  });
});

describe('rights of a role', () => {
  const may = rightsOf(
    [
      {
        actions: ['dynamodb:GetItem', 'dynamodb:BatchGetItem'],
        resources: ['arn:t'],
        condition: {
          'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': ['*#CENTER', '*#CENTER#*', '*#ROOMWEEK#*'] },
        },
      },
      {
        actions: ['dynamodb:Query'],
        resources: ['arn:t/index/due'],
        condition: { 'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': ['*#DUE#*'] } },
      },
      { actions: ['logs:PutLogEvents'], resources: ['*'], condition: { StringEquals: { 'aws:Anything': ['x'] } } },
    ],
    () => 'arn:t',
  );
  const get = (...leadingKeys: string[]) =>
    may({ action: 'dynamodb:GetItem', tableName: 't', indexName: undefined, leadingKeys });

  it('reach the prefixes they name and no others', () => {
    expect(get('putian#CENTER#yuhu')).toBe(true);
    expect(get('putian#CENTER')).toBe(true);
    expect(get('putian#CENTERS')).toBe(false);
    expect(get('putian#PERSON#p1')).toBe(false);
  });

  it('hold for every key of a request or for none', () => {
    expect(get('putian#CENTER#yuhu', 'putian#ROOMWEEK#yuhu#2026-W08')).toBe(true);
    expect(get('putian#CENTER#yuhu', 'putian#PERSON#p1')).toBe(false);
  });

  it('are for actions and resources, an index being one of its own', () => {
    const one = { tableName: 't', indexName: undefined, leadingKeys: ['putian#CENTER'] };
    expect(may({ ...one, action: 'dynamodb:PutItem' })).toBe(false);
    const due = { action: 'dynamodb:Query', tableName: 't', leadingKeys: ['putian#DUE#0'] };
    expect(may({ ...due, indexName: 'due' })).toBe(true);
    expect(may({ ...due, indexName: undefined })).toBe(false);
  });

  it('are not guessed: a condition that is not understood is an error', () => {
    const statement = { actions: ['dynamodb:*'], resources: ['*'], condition: { StringEquals: { 'aws:Tag': ['x'] } } };
    expect(() => rightsOf([statement], () => '')).toThrow('StringEquals');
  });
});
