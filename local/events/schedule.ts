import { randomUUID } from 'node:crypto';
import { ACCOUNT_ID } from '../cloudformation/reader.ts';

const unitMs: Readonly<Record<string, number>> = { minute: 60_000, hour: 3_600_000, day: 86_400_000 };

/** Milliseconds between two firings of `rate(5 minutes)`; undefined when the expression is no rate. */
export function rateMs(expression: string): number | undefined {
  const [, count, unit] = /^rate\((\d+) (minute|hour|day)s?\)$/.exec(expression) ?? [];
  const ms = unitMs[unit ?? ''];
  return count && ms ? Number(count) * ms : undefined;
}

/** True when `cron(minutes hours day-of-month month day-of-week year)` names this minute, in UTC as EventBridge reads it. */
export function cronMatches(expression: string, now: Date): boolean {
  const fields = /^cron\((.+)\)$/.exec(expression)?.[1]?.split(/\s+/);
  if (fields?.length !== 6) throw new Error(`the local runtime cannot read the schedule ${expression}`);
  // EventBridge counts weekdays from 1, Sunday.
  const values = [
    now.getUTCMinutes(),
    now.getUTCHours(),
    now.getUTCDate(),
    now.getUTCMonth() + 1,
    now.getUTCDay() + 1,
    now.getUTCFullYear(),
  ];
  return fields.every((field, index) => fieldMatches(field, values[index] ?? 0));
}

const names = ['SUN', 'MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT'];
const numberOf = (text: string): number => (names.includes(text) ? names.indexOf(text) + 1 : Number(text));

function fieldMatches(field: string, value: number): boolean {
  return field.split(',').some((part) => {
    if (part === '*' || part === '?') return true;
    const [range = '', step] = part.split('/');
    const [first = '', last] = range.split('-');
    const from = first === '*' ? 0 : numberOf(first);
    const to = last === undefined ? (step === undefined ? from : Number.POSITIVE_INFINITY) : numberOf(last);
    if (Number.isNaN(from) || Number.isNaN(to)) throw new Error(`the local runtime cannot read ${part} in a schedule`);
    return value >= from && value <= to && (value - from) % Number(step ?? 1) === 0;
  });
}

export type Schedule = { stop(): void };

/** Fires `run` as the expression says. A rate counts on the real clock; a cron expression is read on the city's clock. */
export function startSchedule(expression: string, clock: () => Date, run: () => Promise<void>): Schedule {
  const every = rateMs(expression);
  let running = false;
  const fire = async () => {
    // A slow run is not overtaken by the next one.
    if (running || (every === undefined && !cronMatches(expression, clock()))) return;
    running = true;
    await run().finally(() => {
      running = false;
    });
  };
  if (every === undefined) cronMatches(expression, clock());
  const timer = setInterval(fire, every ?? 60_000);
  return { stop: () => clearInterval(timer) };
}

export function scheduledEvent(ruleId: string, region: string, now: Date): object {
  return {
    version: '0',
    id: randomUUID(),
    'detail-type': 'Scheduled Event',
    source: 'aws.events',
    account: ACCOUNT_ID,
    time: `${now.toISOString().slice(0, 19)}Z`,
    region,
    resources: [`arn:aws:events:${region}:${ACCOUNT_ID}:rule/${ruleId}`],
    detail: {},
  };
}
