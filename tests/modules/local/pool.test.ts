import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { FunctionSpec } from '../../../local/cloudformation/resources.ts';
import { FunctionPool, type PoolLimits, usualLimits } from '../../../local/functions/pool.ts';

const specOf = (name: string): FunctionSpec => ({
  arn: name,
  name,
  folder: fileURLToPath(new URL('./fixtures/echo', import.meta.url)),
  handler: 'index.handler',
  environment: {},
  timeoutSeconds: 1,
  memoryMb: 128,
  roleArn: '',
});
const echo = specOf('echo');

type Echo = { served: number; seen: number; value: unknown; greeting: string; hasPath: boolean };

let pool: FunctionPool;
const start = (limits: Partial<PoolLimits> = {}) => {
  pool = new FunctionPool({
    limits: { ...usualLimits, ...limits },
    variablesOf: (spec, id) => ({ GREETING: `${spec.name} ${id}` }),
    onLine: () => undefined,
  });
};
const call = async (event: object, spec = echo) => {
  const { answer, cold } = await pool.invoke(spec, event);
  return { ...(answer as Echo), cold };
};

beforeEach(() => start());
afterEach(() => pool.stop());

describe('function environments', () => {
  it('are cold once and warm after, and see only their own variables', async () => {
    expect(await call({ value: 1 })).toMatchObject({
      value: 1,
      cold: true,
      served: 1,
      greeting: 'echo 1',
      hasPath: false,
    });
    expect(await call({ value: 2 })).toMatchObject({ value: 2, cold: false, served: 2 });
    expect(pool.population()).toEqual({ echo: 1 });
  });

  it('serve one event at a time each; more start on demand', async () => {
    const answers = await Promise.all([1, 2, 3].map((value) => call({ value, wait: 50 })));
    expect(answers.map(({ seen }) => seen)).toEqual([1, 1, 1]);
    expect(answers.map(({ value }) => value)).toEqual([1, 2, 3]);
    expect(pool.population()).toEqual({ echo: 3 });
  });

  it('let events wait, in order, when the limit is reached', async () => {
    await pool.stop();
    start({ perFunction: 1 });
    const done: number[] = [];
    const one = async (value: number) => {
      const { seen } = await call({ value, wait: 5 });
      expect(seen).toBe(1);
      done.push(value);
    };
    await Promise.all([1, 2, 3, 4].map(one));
    expect(done).toEqual([1, 2, 3, 4]);
    expect(pool.population()).toEqual({ echo: 1 });
  });

  it('make room for another function when all are taken but idle', async () => {
    await pool.stop();
    start({ inAll: 1 });
    await call({});
    expect(await call({ value: 'other' }, specOf('other'))).toMatchObject({ value: 'other', cold: true });
    expect(pool.population()).toEqual({ other: 1 });
  });

  it('end when they have been idle', async () => {
    await pool.stop();
    start({ idleMs: 20 });
    await call({});
    await expect.poll(() => pool.population()).toEqual({});
  });

  it('stay alive when the function throws', async () => {
    await expect(call({ fail: 'no such thing' })).rejects.toMatchObject({
      errorType: 'RangeError',
      message: 'no such thing',
    });
    expect(await call({})).toMatchObject({ cold: false });
  });

  it('die with the function and are replaced', async () => {
    await expect(call({ exit: true })).rejects.toMatchObject({ errorType: 'Runtime.ExitError' });
    expect(await call({})).toMatchObject({ cold: true, served: 1 });
  });

  it('are ended when an event takes longer than the timeout, even in a loop that never rests', async () => {
    await expect(call({ spin: true })).rejects.toMatchObject({
      errorType: 'Sandbox.Timedout',
      message: 'Task timed out after 1 seconds',
    });
    expect(await call({ value: 'after' })).toMatchObject({ value: 'after', cold: true });
  });

  it('can be killed from outside in the middle of an event', async () => {
    const running = call({ wait: 500 });
    const killing = new Promise((resolve) => setTimeout(resolve, 100)).then(() => pool.kill('1'));
    await expect(running).rejects.toMatchObject({ errorType: 'Runtime.ExitError' });
    await killing;
    expect(pool.population()).toEqual({});
  });
});
