import type { Follower } from '../../shared/plan/follower.ts';
import type { ModulePlan } from '../../shared/plan/plan.ts';
import { followers } from './follow.ts';

/**
 * The stream's filters: what some follower asks for, and no more. Kinds with the same events share one filter, since a stream takes five
 * at most.
 */
export function filtersOf(followers: readonly Follower[]): object[] {
  const kindsByEvents = new Map<string, string[]>();
  for (const kind of new Set(followers.map(({ kind }) => kind))) {
    const asked = followers.filter((follower) => follower.kind === kind).flatMap(({ events }) => events);
    const events = [...new Set(asked)].sort().join();
    kindsByEvents.set(events, [...(kindsByEvents.get(events) ?? []), kind]);
  }
  return [...kindsByEvents].map(([events, kinds]) => ({
    eventName: events.split(','),
    dynamodb: { NewImage: { is: { S: kinds } } },
  }));
}

export const plan: ModulePlan = {
  area: 'booking',
  functions: [
    {
      entry: 'handler',
      // A second lets a handler finish what the record of its claim tells of: then nothing is missing, and nothing is done twice.
      trigger: { on: 'stream', batchSize: 50, windowSeconds: 1, filters: filtersOf(followers) },
      memoryMb: 512,
      timeoutSeconds: 30,
      // Its rights are those of the modules that follow: see `follows` in their plans.
      reads: [],
      writes: [],
    },
  ],
};
