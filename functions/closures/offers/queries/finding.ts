import type { Party } from '../../cases/items.ts';
import type { Shutting } from '../../shutting/rules.ts';
import type { Found } from '../items.ts';
import type { Nearby } from './nearby.ts';
import { findEqualRoom } from './rooms.ts';
import { findEqualSession } from './sessions.ts';

/**
 * The nearest place like the lost one that has room for the whole party as far as was read, and that each of them could go to: same kind,
 * not shut by this closure, at least an hour and no more days ahead than the city says, and not tried before. `undefined` when there is
 * none. Nobody pays more there than for what they lose: {@link priceFor}.
 */
export async function findEqual(nearby: Nearby, shutting: Shutting, party: Party): Promise<Found | undefined> {
  const [first] = party;
  return first.kind === 'session' ? findEqualSession(nearby, shutting, party) : findEqualRoom(nearby, shutting, first);
}
