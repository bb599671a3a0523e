import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from 'vitest';
import { type CityUnderTest, eventually } from '../../support/city.ts';
import { differences, type Scene } from '../../support/claims.ts';
import type { Answer } from '../../support/invoke.ts';
import { seedsOf } from '../../support/seeds.ts';

/** Every storm has a number. */
export const seeds = seedsOf(11, 23);

/** One call in ten is throttled, one write in ten meets a conflict, and of one in ten that is done the answer is lost. */
export function storm(city: CityUnderTest, seed: number): void {
  city.faults.set({ seed, throttle: 0.1, conflict: 0.1, lostAnswer: 0.1 });
}

/** More than the retries of a function can bear: some requests end without anybody knowing what became of them. */
export function hurricane(city: CityUnderTest, seed: number): void {
  city.faults.set({ seed, conflict: 0.55, lostAnswer: 0.1 });
}

export function calm(city: CityUnderTest): void {
  city.faults.set(undefined);
}

const isUnknown = ({ status }: Answer): boolean => status >= 500;

/**
 * Sends a request, again under the same Idempotency-Key while the answer is an honest "not known": 503 `try-again`. Any other 5xx fails
 * the test.
 */
export async function settled(city: CityUnderTest, send: () => Promise<Answer>): Promise<Answer> {
  for (let tries = 0; tries < 40; tries += 1) {
    const answer = await send();
    if (!isUnknown(answer)) return answer;
    const cause = city.troubles.filter((line) => line.includes(answer.headers['trace-id'] ?? answer.text)).join('\n');
    expect(answer, `${answer.text}\n${cause}`).toMatchObject({ status: 503, body: { code: 'try-again' } });
    expect(answer.headers['retry-after']).toBe('1');
    await sleep(50);
  }
  throw new Error('a request never settled');
}

/** Waits until rows and people's days say what the claims say, and that they still do a little later. */
export async function afterQuiet(scene: Scene): Promise<void> {
  let last: string[] = [];
  const agrees = async () => {
    last = await differences(scene);
    return last.length === 0 ? true : undefined;
  };
  await eventually('rows and days agree with the claims', 15_000, agrees, 400).catch(() => undefined);
  expect(last).toEqual([]);
  await sleep(400);
  expect(await differences(scene)).toEqual([]);
}
