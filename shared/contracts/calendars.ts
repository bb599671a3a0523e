import * as z from 'zod';
import { feedId, instant, offeringId, personId, roomId } from './common.ts';

/**
 * What a feed shows: `circle` one's own bookings and those of everyone one acts for, `person` one person's, `room` when a room is
 * taken (for the staff of its center; nobody's name), `class` the sessions of an offering.
 */
export const feedKinds = ['circle', 'person', 'room', 'class'] as const;

export const feedCreate = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('circle') }),
  z.strictObject({ kind: z.literal('person'), of: personId }),
  z.strictObject({ kind: z.literal('room'), of: roomId }),
  z.strictObject({ kind: z.literal('class'), of: offeringId }),
]);
export type FeedCreate = z.infer<typeof feedCreate>;

/** A feed as its owner sees it. Its address is not among it: only a fingerprint of that is kept. */
export const feed = z.object({
  feedId,
  kind: z.enum(feedKinds),
  of: z.string().optional(),
  createdAt: instant,
});
export type Feed = z.infer<typeof feed>;

/** The one time that the address is told. */
export const feedCreated = feed.extend({
  /** Path of the feed at the API's own address. Whoever has it sees the feed, so it is a secret. */
  path: z.string(),
});
export type FeedCreated = z.infer<typeof feedCreated>;
export const feedsAnswer = z.object({ feeds: z.array(feed) });

/** 160 random bits in Crockford's base 32. */
export const feedFile = z.string().regex(/^[0-9a-hjkmnp-tv-z]{32}\.ics$/);
