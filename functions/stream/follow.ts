import type { Follower } from '../../shared/plan/follower.ts';
import { bookingFollowers } from '../bookings/follow.ts';

/** What every module follows, in the order in which they are told of a change. */
export const followers: readonly Follower[] = [...bookingFollowers];
