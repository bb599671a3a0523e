import { expect, test } from 'vitest';
import { draw } from '../../../functions/rounds/draw/rules/draw.ts';
import { center, people, someone, storedSession } from '../../support/builders.ts';
import { setClock } from '../../support/invoke.ts';
import { apply, BEFORE, drawNow, freshSessions, openedRound, pagesOf, roundOf } from './support.ts';

const FAMILIES = 600;
const SESSIONS = 20;
const CAPACITY = 25;
const AT_ONCE = 12;

test('six hundred families and twenty sessions: all places given as the draw says, none twice, in one run', async () => {
  setClock(BEFORE);
  await center('yuhu');
  const staff = await someone({ posts: [{ kind: 'center-staff', centerId: 'yuhu' }] });
  const sessionIds = await freshSessions(Array.from({ length: SESSIONS }, () => CAPACITY));
  const roundId = await openedRound(staff, sessionIds);
  const crowd = await people(FAMILIES);
  for (let at = 0; at < crowd.length; at += AT_ONCE) {
    const answers = await Promise.all(
      crowd.slice(at, at + AT_ONCE).map((person, index) => {
        const first = (at + index) % 7;
        return apply(
          roundId,
          person,
          [person],
          [...sessionIds.slice(first), ...sessionIds.slice(0, first)].slice(0, 10),
        );
      }),
    );
    for (const { status, text } of answers) expect(status, text).toBe(201);
  }
  await drawNow();
  const pages = await pagesOf(roundId);
  const [page] = pages;
  const rows = pages.flatMap(({ applications }) => applications);
  expect(rows).toHaveLength(FAMILIES);
  expect(draw(page?.seed ?? '', page?.sessions.map(({ places }) => places) ?? [], rows)).toEqual(rows);
  const sessions = await Promise.all(sessionIds.map(storedSession));
  for (const [index, { taken, seats, status }] of sessions.entries()) {
    const winners = rows.filter(({ place }) => place === index + 1).length;
    expect([status, taken, Object.keys(seats).length]).toEqual(['open', winners, winners]);
  }
  const seated = sessions.flatMap(({ seats }) => Object.keys(seats));
  expect(new Set(seated).size).toBe(seated.length);
  expect(await roundOf(roundId)).toMatchObject({ phase: 'settled', childrenPlaced: seated.length });
}, 120_000);
