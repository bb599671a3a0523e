import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { followers } from '../../../functions/stream/follow.ts';
import { filtersOf } from '../../../functions/stream/plan.ts';
import { repositoryRoot } from '../../../infra/constructs/bundles.ts';
import { functionPlans, joinRights, moduleNames, plannedFunctions, readPlans } from '../../../infra/plans.ts';
import type { Follower } from '../../../shared/plan/follower.ts';
import type { ModulePlan } from '../../../shared/plan/plan.ts';
import { ownImports } from '../structure/imports.ts';

const plans = await readPlans();
const fileOf = (module: string, entry: string) => `functions/${module}/${entry}.ts`;
const isThere = (path: string) => existsSync(join(repositoryRoot, path));
const imports = ownImports(['functions', 'shared', 'infra', 'local', 'import', 'bench', 'web']);

describe('the plans of the modules', () => {
  it('are as many as there are module folders', () => {
    expect(moduleNames.filter((module) => !isThere(fileOf(module, 'plan')))).toEqual([]);
    expect([...plans.keys()]).toEqual(moduleNames);
  });

  it('are refused where a folder has none', async () => {
    await expect(readPlans(['no-such-module'])).rejects.toThrow('no-such-module');
  });

  it('name every entry that a module has, and none that it has not', () => {
    const entries = ['handler', 'queue', 'schedule'];
    const there = moduleNames.flatMap((module) =>
      entries.map((entry) => fileOf(module, entry)).filter((path) => isThere(path)),
    );
    expect(functionPlans.map(({ module, entry }) => fileOf(module, entry)).sort()).toEqual(there.sort());
  });

  it('are read by infra and by each other, never by what is bundled', () => {
    const reading = imports.filter(
      ({ to, typeOnly }) => !typeOnly && (/^functions\/[^/]+\/plan\.ts$/.test(to) || to === 'shared/plan/plan.ts'),
    );
    expect(reading.filter(({ from }) => !/^infra\/|\/plan\.ts$/.test(from))).toEqual([]);
  });

  it('let nothing be both read and written twice over', () => {
    const twice = functionPlans.filter(
      ({ reads, writes }) => new Set([...reads, ...writes]).size !== reads.length + writes.length,
    );
    expect(twice.map(({ module, entry }) => fileOf(module, entry))).toEqual([]);
  });
});

describe('the stream function', () => {
  const streams = functionPlans.filter(({ trigger }) => trigger.on === 'stream');
  const following = moduleNames.filter((module) => module !== 'stream' && isThere(fileOf(module, 'follow')));

  it('is one', () => expect(streams.map(({ module, entry }) => `${module}/${entry}`)).toEqual(['stream/handler']));

  it('calls every module that has a follow.ts, each of which plans what it needs', () => {
    const called = imports.filter(({ from, to }) => from === 'functions/stream/follow.ts' && to.endsWith('/follow.ts'));
    expect(called.map(({ to }) => to).sort()).toEqual(following.map((module) => fileOf(module, 'follow')));
    expect([...plans].filter(([, { follows }]) => follows).map(([module]) => module)).toEqual(following);
  });

  it('has the rights of all who follow, and is woken by what they follow alone', () => {
    const rights = joinRights([...plans.values()].flatMap(({ follows }) => follows ?? []));
    expect(streams[0]).toMatchObject(rights);
    expect(streams[0]?.trigger).toMatchObject({ filters: filtersOf(followers) });
    expect(filtersOf(followers)).toEqual([
      { eventName: ['MODIFY'], dynamodb: { NewImage: { is: { S: ['session'] } } } },
      { eventName: ['INSERT', 'MODIFY'], dynamodb: { NewImage: { is: { S: ['room-day', 'order', 'booking'] } } } },
    ]);
  });

  it('asks for a kind once, by all events that any of its followers wants', () => {
    const begin: Follower['begin'] = () => undefined;
    const filters = filtersOf([
      { kind: 'order', events: ['MODIFY'], begin },
      { kind: 'booking', events: ['INSERT'], begin },
      { kind: 'order', events: ['INSERT'], begin },
    ]);
    expect(filters).toEqual([
      { eventName: ['INSERT', 'MODIFY'], dynamodb: { NewImage: { is: { S: ['order'] } } } },
      { eventName: ['INSERT'], dynamodb: { NewImage: { is: { S: ['booking'] } } } },
    ]);
  });

  it('may do what any of two followers may, writing what one of them writes', () => {
    const two = new Map<string, ModulePlan>([
      ['a', { area: 'city', functions: [], follows: { reads: ['PERSON', 'RULES'], writes: ['ORDER'] } }],
      ['b', { area: 'city', functions: [], follows: { reads: ['ORDER'], writes: ['PERSON'], sendsMessages: true } }],
      ['stream', plans.get('stream') ?? { area: 'city', functions: [] }],
    ]);
    const [stream] = plannedFunctions(two);
    expect(stream).toMatchObject({ reads: ['RULES'], writes: ['ORDER', 'PERSON'], sendsMessages: true });
  });
});
