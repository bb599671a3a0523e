import { randomUUID } from 'node:crypto';
import type { CityUnderTest } from '../../support/city.ts';
import { type Scene, TOMORROW } from './scene.ts';

/** A series of two weeks of the scene's room, for the child. */
export const seriesRequestOf = (scene: Scene) => ({
  target: { kind: 'room', roomId: scene.roomId, startsAt: '12:00', endsAt: '13:00', purpose: '练琴' },
  beneficiaryId: scene.child.personId,
  rule: { dtstart: TOMORROW, rrule: 'FREQ=WEEKLY;COUNT=2' },
});

/** Such a series, made by the guardian; gives its id. */
export async function madeSeries(city: CityUnderTest, scene: Scene): Promise<string> {
  const body = seriesRequestOf(scene);
  const made = await city.call('POST', '/v1/series', { body, as: scene.guardian, idempotencyKey: randomUUID() });
  return made.body.series.seriesId;
}
