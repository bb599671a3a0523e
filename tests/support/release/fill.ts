import { families, programs } from './families.ts';
import { orders, passes, rounds, secondDay, waiting } from './orders.ts';
import { closures, feeds, houseRules, rooms, series } from './places.ts';
import { arrive, type Story, signOut } from './story.ts';

const firstDay = async (story: Story): Promise<void> => {
  for (const chapter of [
    arrive,
    families,
    programs,
    houseRules,
    rooms,
    passes,
    orders,
    waiting,
    rounds,
    series,
    feeds,
    closures,
    signOut,
  ])
    await chapter(story);
};

/** The days of the story with the instant at which each begins. */
export const story: readonly { readonly clock: string; readonly tell: (story: Story) => Promise<void> }[] = [
  { clock: '2026-03-02T01:00:00Z', tell: firstDay },
  { clock: '2026-03-10T01:30:00Z', tell: secondDay },
];

/** When those who open what was kept come: what is held then is held still. */
export const LATER = '2026-03-10T02:00:00Z';
