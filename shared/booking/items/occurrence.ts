import * as z from 'zod';
import type { SeriesId } from '../../contracts/common.ts';

/** Which occurrence of a series a claim is: the series, the date and time (`<date>T<time>`) that its rule gave, how often it was moved. */
export const occurrenceMark = z.tuple([z.string(), z.string(), z.int()]);

/** What a booking says that is one of a series: its claim carries the mark, and its row tells from it which occurrence it is. */
export type Occurrence = {
  readonly mark: readonly [seriesId: SeriesId, at: string, sequence: number];
  /** Staff plan a year at once: how far ahead residents may book does not bind what they book. */
  readonly beyondHorizon: boolean;
};
