import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { afterAll, expect, inject } from 'vitest';
import { isJudged, shapesOf } from '../system/conformance/calls.ts';

/**
 * Runs before each test file on the engine: a kind of call by which no engine has been judged fails the file that makes it first. What
 * stands together in one transaction may be chance, and so is all that the model's random commands do.
 */
const known = new Set(inject('judgedShapes'));
const unjudged = new Set<string>();
const send = DynamoDBClient.prototype.send;

Object.defineProperty(DynamoDBClient.prototype, 'send', {
  value(this: DynamoDBClient, ...given: unknown[]) {
    const [command] = given;
    const operation = command?.constructor.name.replace(/Command$/, '') ?? '';
    if (isJudged(operation)) {
      const { input } = Object(command);
      for (const shape of shapesOf(operation, input)) if (!known.has(shape)) unjudged.add(shape);
    }
    return Reflect.apply(send, this, given);
  },
});

afterAll(() => {
  if (known.size === 0 || /[\\/]system[\\/]model[\\/]/.test(expect.getState().testPath ?? '')) return;
  expect(
    [...unjudged],
    'kinds of call that are new: keep examples of them with LINLI_RECORD_CALLS=1 npm test -- <this file>, then run tests/system/conformance',
  ).toEqual([]);
});
