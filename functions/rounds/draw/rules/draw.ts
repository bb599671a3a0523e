import { createHash, createHmac } from 'node:crypto';
import type { Publication, PublishedApplication } from '../../../../shared/contracts/rounds.ts';
import { canonicalJson } from '../../../../shared/kernel/ids.ts';

/** What the draw knows of an application: nothing of whom it is for. */
export type Ballot = Pick<PublishedApplication, 'code' | 'group' | 'size' | 'wishes'>;

const LAST = Number.POSITIVE_INFINITY;

/** SHA-256 of the seed's bytes; both hexadecimal. */
export const seedHashOf = (seed: string): string => createHash('sha256').update(Buffer.from(seed, 'hex')).digest('hex');

/** The lot of an application: nobody can know it before the seed, nobody can change it after its hash was published. */
export const lotOf = (seed: string, code: string): string =>
  createHmac('sha256', Buffer.from(seed, 'hex')).update(code).digest('hex');

/**
 * The draw, by the rule of `text.ts`: serial dictatorship over ranked wishes in the order of groups and lots. `places` are those
 * of session 1, 2, 3 …; `seed` is hexadecimal. Gives the applications by code. Pure: the same input, in whatever order, always gives the
 * same result, which is what makes it verifiable.
 */
export function draw(seed: string, places: readonly number[], ballots: readonly Ballot[]): PublishedApplication[] {
  const left = [...places];
  const lots = ballots.map((ballot) => ({ ballot, lot: lotOf(seed, ballot.code) }));
  lots.sort(
    (a, b) =>
      compare(a.ballot.group ?? LAST, b.ballot.group ?? LAST) ||
      compare(a.lot, b.lot) ||
      compare(a.ballot.code, b.ballot.code),
  );
  const drawn = lots.map(({ ballot }, index): PublishedApplication => {
    const { code, group, size, wishes } = ballot;
    const place = wishes.find((number) => (left[number - 1] ?? 0) >= size) ?? null;
    if (place !== null) left[place - 1] = (left[place - 1] ?? 0) - size;
    return { code, group, size, wishes: [...wishes], order: index + 1, place };
  });
  return drawn.sort((a, b) => compare(a.code, b.code));
}

const compare = <T extends number | string>(a: T, b: T): number => (a < b ? -1 : a > b ? 1 : 0);

/** What the result hash is taken of; the applications in the order of their codes. */
export type Result = Pick<
  Publication,
  'roundId' | 'rule' | 'seed' | 'seedHash' | 'groups' | 'sessions' | 'applications'
>;

/** SHA-256, hexadecimal, of the result as JSON with sorted keys and no white space. */
export function resultHashOf(result: Result): string {
  const { roundId, rule, seed, seedHash, groups, sessions, applications } = result;
  const json = canonicalJson({ roundId, rule, seed, seedHash, groups, sessions, applications });
  return createHash('sha256').update(json).digest('hex');
}
