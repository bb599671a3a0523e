import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { afterAll, expect, inject } from 'vitest';
import { COMPANY, isJudged, partsOf, shapesOf } from '../system/conformance/calls.ts';

/**
 * Runs before each test file on the engine: a clause or an option of a call by which no engine has been judged fails the file that makes
 * it. What stands together may be chance. Tests of the local runtime make calls of their own.
 */
const known = new Set(inject('judgedShapes').flatMap(partsOf));
const unjudged = new Set<string>();
const send = DynamoDBClient.prototype.send;

Object.defineProperty(DynamoDBClient.prototype, 'send', {
  value(this: DynamoDBClient, ...given: unknown[]) {
    const [command] = given;
    const operation = command?.constructor.name.replace(/Command$/, '') ?? '';
    if (isJudged(operation)) {
      const { input } = Object(command);
      for (const shape of shapesOf(operation, input)) {
        if (shape.startsWith(COMPANY)) continue;
        for (const part of partsOf(shape)) if (!known.has(part)) unjudged.add(part);
      }
    }
    return Reflect.apply(send, this, given);
  },
});

afterAll(() => {
  if (known.size === 0 || /[\\/]modules[\\/]local[\\/]/.test(expect.getState().testPath ?? '')) return;
  expect(
    [...unjudged],
    'parts of calls that are new: keep examples of them with LINLI_RECORD_CALLS=1 npm test -- <this file>, then run tests/system/conformance',
  ).toEqual([]);
});
