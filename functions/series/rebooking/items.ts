import * as z from 'zod';
import { isoDate } from '../../../shared/contracts/common.ts';
import { seriesSummary } from '../../../shared/contracts/series.ts';

/** `SERIES#HEALING#<center> / <date>#<seriesId>#<date by the rule>`: of series that want their dates back when a closure is lifted. */
export const rebookingItem = z.object({
  seriesId: seriesSummary.shape.seriesId,
  recurrence: isoDate,
});
