import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { bookingMoves } from '../../../shared/booking/row/states.ts';
import { root } from './imports.ts';

test('the engine’s README lists exactly the arrows between the states of a booking', () => {
  const [, section = ''] = readFileSync(join(root, 'shared/booking/README.md'), 'utf8').split(
    '## States of a booking\n',
  );
  const [, list = ''] = section.split('```');
  const listed = [...list.matchAll(/^(\S+) +→ (\S+)/gm)].map(([, from, to]) => `${from} → ${to}`);
  const arrows = Object.entries(bookingMoves).flatMap(([from, next]) => next.map((to) => `${from} → ${to}`));
  expect(listed.sort()).toEqual(arrows.sort());
});
