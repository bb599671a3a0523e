/** What a booking says that is one of a series: its claim carries the mark, and its row tells from it which occurrence it is. */
export type Occurrence = {
  /** The series, the date and time (`<date>T<time>`) that its rule gave, and how often it was moved. */
  readonly mark: readonly [seriesId: string, at: string, sequence: number];
  /** Staff plan a year at once: how far ahead residents may book does not bind what they book. */
  readonly beyondHorizon: boolean;
};
