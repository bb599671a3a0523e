import * as z from 'zod';
import { offeringId } from '../../shared/contracts/common.ts';
import { operatorSummary, whitelistEntry } from '../../shared/contracts/operators.ts';

/** `OPERATORS / OPERATOR#<operatorId>`. Nothing of a person is in it: who works for an operator is a post. */
export const operatorItem = operatorSummary.extend({ status: z.enum(['active', 'ended']) });
export type OperatorItem = z.infer<typeof operatorItem>;

/** `OPERATOR#<operatorId> / WHITELIST#<centerId>`: the one entry of an operator at a center. */
export const whitelistEntryItem = whitelistEntry;
export type WhitelistEntryItem = z.infer<typeof whitelistEntryItem>;

/** `OPERATOR#<operatorId> / OFFERING#<offeringId>`: says that the operator provides the offering, and so at which centers it works. */
export const operatorOfferingItem = z.object({ offeringId });
