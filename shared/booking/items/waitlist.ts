import * as z from 'zod';
import { sessionId } from '../../contracts/common.ts';

/** Parties of a block: the numbers 1 to 16, 17 to 32, and so on. */
const BLOCK_NUMBERS = 16;

/** The block of a number, the first at 0. */
export const blockOf = (number: number): number => Math.floor((number - 1) / BLOCK_NUMBERS);
const placeInBlock = (number: number): number => (number - 1) % BLOCK_NUMBERS;

/**
 * `WAITLIST#<sessionId> / <block>`: who stands behind the numbers of a block, `<who asked>:<size>` → number. A number means the same party
 * forever, so this never changes; whether they still wait is what the session says.
 */
export const waitlistBlockItem = z.object({ sessionId, parties: z.record(z.string(), z.int()) });

/** A party as it stands in a session's line. */
export const waitlistElement = (lead: string, size: number): string => `${lead}:${size}`;
export function partyOf(element: string): { lead: string; size: number } {
  const [lead = '', size = '1'] = element.split(':');
  return { lead, size: Number(size) };
}

type InQueue = { readonly in: 'queue'; readonly index: number; readonly element: string };
type InTail = { readonly in: 'tail'; readonly number: number; readonly element: string };
type InBlock = { readonly in: 'block'; readonly number: number };

/** A party's place in the line. Who it is stands in the session itself at the tail, and behind the number in a block. */
export type Turn = { readonly size: number } & (InQueue | InTail | InBlock);

/** What a session says of its line. */
export type Waitlist = {
  readonly queue: readonly string[];
  readonly tail?: Readonly<Record<string, number>> | undefined;
  readonly blocks?: Readonly<Record<string, string>> | undefined;
};

/** Everybody in line, first come first. */
export function turnsOf({ queue, tail = {}, blocks = {} }: Waitlist): Turn[] {
  const numbered: (Turn & { readonly number: number })[] = Object.entries(tail).map(([element, number]) => ({
    in: 'tail',
    number,
    element,
    size: partyOf(element).size,
  }));
  for (const [block, sizes] of Object.entries(blocks))
    for (const [place, size] of [...sizes].entries())
      if (size !== '0')
        numbered.push({ in: 'block', number: Number(block) * BLOCK_NUMBERS + place + 1, size: Number(size) });
  const old = queue.map((element, index): Turn => ({ in: 'queue', index, element, size: partyOf(element).size }));
  return [...old, ...numbered.sort((one, other) => one.number - other.number)];
}

/** Parties in line. */
export const waitingIn = (line: Waitlist): number => turnsOf(line).length;

/** Whether the party of a number waits. */
export const hasTurn = (line: Waitlist, number: number): boolean =>
  turnsOf(line).some((turn) => turn.in !== 'queue' && turn.number === number);

/** Where a party stands, the first at 1, and how many people stand before it. */
export function placeOfTurn(line: Waitlist, turn: Turn): { position: number; peopleAhead: number } {
  const all = turnsOf(line);
  const index = all.findIndex((one) => nameOf(one) === nameOf(turn));
  return { position: index + 1, peopleAhead: all.slice(0, index).reduce((sum, { size }) => sum + size, 0) };
}

/** What tells one place in a line from all others, however the party has moved on: its number, or the element of an old queue. */
export const nameOf = (turn: Turn): number | string => (turn.in === 'queue' ? turn.element : turn.number);

/** A lead's place as far as the session itself says who it is; `number` is what is known of it elsewhere. */
export function turnOf(line: Waitlist, lead: string, number?: number): Turn | undefined {
  const all = turnsOf(line);
  const known = number && all.find((turn) => turn.in === 'block' && turn.number === number);
  return known || all.find((turn) => turn.in !== 'block' && partyOf(turn.element).lead === lead);
}

/** The sizes of a block, a digit for each of its numbers, as they are when one party is gone; `undefined` when nobody is left. */
export function sizesWithout(sizes: string, number: number): string | undefined {
  const place = placeInBlock(number);
  const left = `${sizes.slice(0, place)}0${sizes.slice(place + 1)}`;
  return /[1-9]/.test(left) ? left : undefined;
}

/** Parties at the tail until the first of them are filed. */
export const LONGEST_TAIL = 16;

/** The block that is to be filed next, with who of it stands at the tail: none while the tail is short. */
export function nextBlock({
  tail = {},
}: Pick<Waitlist, 'tail'>): { block: number; parties: Record<string, number>; sizes: string } | undefined {
  const numbers = Object.values(tail);
  // More parties than a block has numbers: some stand behind the first block, so all of its numbers have been given.
  if (numbers.length <= LONGEST_TAIL) return undefined;
  const block = blockOf(Math.min(...numbers));
  const parties = Object.fromEntries(Object.entries(tail).filter(([, number]) => blockOf(number) === block));
  const sizes = Array.from({ length: BLOCK_NUMBERS }, () => '0');
  for (const [element, number] of Object.entries(parties)) sizes[placeInBlock(number)] = String(partyOf(element).size);
  return { block, parties, sizes: sizes.join('') };
}
