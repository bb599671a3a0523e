import * as z from 'zod';
import * as contract from '../../shared/contracts/common.ts';
import { bureaus } from '../../shared/contracts/people.ts';
import { normalizedPhone } from '../../shared/kernel/phone.ts';
import { isResidentId } from '../../shared/kernel/resident-id.ts';
import type { Rule } from './problems.ts';

/** What a cell may hold. Every cell is a text that `schema` reads; when it cannot, the issue's message is the rule that was broken. */
function cell<S extends z.ZodType>(schema: S, rule: Rule) {
  return z.string().transform((text, context): z.output<S> => {
    const result = schema.safeParse(text);
    if (result.success) return result.data;
    context.addIssue({ code: 'custom', message: rule });
    return z.NEVER;
  });
}

const digits = z
  .string()
  .regex(/^\d{1,9}$/)
  .transform(Number);
const split = (text: string): string[] => text.split(/[|;；、\s]+/).filter(Boolean);

export const text = (max: number) => cell(contract.freeText(max), 'text');
export const centerId = cell(contract.centerId, 'id');
export const operatorId = cell(contract.operatorId, 'id');
export const roomId = cell(contract.roomId, 'id');
export const offeringId = cell(contract.offeringId, 'id');
export const date = cell(contract.isoDate, 'date');
export const firstDay = cell(z.union([z.literal('this-week'), contract.isoDate]), 'first-day');
export const time = cell(contract.clockTime, 'time');
export const whole = cell(digits, 'whole');
export const positive = cell(
  digits.refine((value) => value > 0),
  'positive',
);
export const quarterMinutes = cell(
  digits.refine((value) => value % 15 === 0),
  'quarters',
);
export const number = cell(
  z
    .string()
    .regex(/^\d{1,7}(\.\d{1,2})?$/)
    .transform(Number),
  'number',
);
export const choice = <const T extends readonly string[]>(values: T) => cell(z.enum(values), 'choice');
export const percents = cell(
  z
    .string()
    .transform(split)
    .pipe(z.array(digits.refine((value) => value <= 100)).min(1)),
  'percents',
);
export const roomIds = cell(z.string().transform(split).pipe(z.array(contract.roomId)), 'id');
export const offeringIds = cell(z.string().transform(split).pipe(z.array(contract.offeringId)), 'id');

/** `a:b:c|…`: whole numbers, as many in each part. */
const tuples = (count: number) =>
  z
    .string()
    .transform((written) => split(written).map((part) => part.split(':')))
    .pipe(z.array(z.array(digits).length(count)).min(1));

/** `24:50|2:100`: hours before the start, percent kept of what is canceled later. */
export const cancellation = cell(
  tuples(2).transform((tiers) => tiers.map(([underHours = 0, keepPercent = 0]) => ({ underHours, keepPercent }))),
  'cancellation',
);
/** `4:8000:0|6:12000:30`: units, price in fen, days until it is due. */
export const passParts = cell(
  tuples(3).transform((parts) =>
    parts.map(([units = 0, priceFen = 0, dueAfterDays = 0]) => ({ units, priceFen, dueAfterDays })),
  ),
  'parts',
);

export const code = cell(z.string().regex(/^[a-z0-9][a-z0-9-]{0,38}$/), 'id');

const yes = new Set(['yes', 'true', '1', '是']);
const no = new Set(['no', 'false', '0', '否']);
export const yesNo = cell(
  z
    .string()
    .toLowerCase()
    .refine((word) => yes.has(word) || no.has(word))
    .transform((word) => yes.has(word)),
  'yes-no',
);

/** `1-5`, `1|3|6`, `6-7`: ISO weekdays, 1 is Monday. */
export const weekdays = cell(
  z.string().transform((written, context) => {
    const days = split(written).flatMap((part) => {
      const [, first, last = first] = /^([1-7])(?:-([1-7]))?$/.exec(part) ?? [];
      const count = Number(last) - Number(first) + 1;
      return count > 0 ? Array.from({ length: count }, (_, index) => Number(first) + index) : [0];
    });
    if (days.length === 0 || days.includes(0) || new Set(days).size !== days.length) context.addIssue('weekdays');
    return days;
  }),
  'weekdays',
);

export const zone = cell(
  z.string().refine((name) => Intl.supportedValuesOf('timeZone').includes(name)),
  'zone',
);

export const services = cell(z.string().transform(split).pipe(z.array(contract.service).min(1)), 'choice');
/** Names of things, separated by `|`; each may have spaces. */
export const names = z.string().transform((written) =>
  written
    .split('|')
    .map((name) => name.trim())
    .filter(Boolean),
);
export const codes = cell(
  z
    .string()
    .transform(split)
    .pipe(z.array(z.string().regex(/^[a-z0-9][a-z0-9-]{0,38}$/))),
  'id',
);

export const phone = cell(
  z.string().transform((written, context) => {
    const normalized = normalizedPhone(written);
    if (!normalized) context.addIssue('phone');
    return normalized ?? '';
  }),
  'phone',
);
export const card = cell(z.string().toUpperCase().refine(isResidentId), 'card');

const postSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('center-staff'), of: contract.centerId }),
  z.object({ kind: z.literal('operator-staff'), of: contract.operatorId }),
  z.object({ kind: z.literal('bureau-officer'), of: z.enum(bureaus) }),
  z.object({ kind: z.literal('platform-admin'), of: z.undefined() }),
]);
export type PostCell = z.infer<typeof postSchema>;

/** `center-staff:yuhu|bureau-officer:commerce|platform-admin` */
export const posts = cell(
  z
    .string()
    .transform((written) =>
      split(written).map((part) => {
        const [kind, of] = part.split(':');
        return { kind, of };
      }),
    )
    .pipe(z.array(postSchema)),
  'post',
);
