import * as z from 'zod';
import { publishedApplication } from '../../../shared/contracts/rounds.ts';

const ballot = publishedApplication.omit({ order: true, place: true });

/** `ROUND#<roundId> / LIST#<shard>#<page>`: what is drawn, without a name. */
export const listPageItem = z.object({ rows: z.array(ballot) });

/** `ROUND#<roundId> / DRAWN#<first code>`: the same rows by code, with what came of them. */
export const drawnPageItem = z.object({ rows: z.array(publishedApplication) });
