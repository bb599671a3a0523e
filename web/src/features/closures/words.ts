import type { ClosureScope } from '../../../../shared/contracts/closures.ts';
import { yuanText } from '../../../../shared/kernel/money.ts';
import { dayText, timeRange } from '../../lib/format.ts';
import type { Language } from '../../lib/preferences.ts';

/** An amount that goes back, also when it is nothing: `¥0`, `¥12.50`. */
export const amountText = (fen: number): string => `¥${yuanText(fen).replace(/\.00$/, '')}`;

type Join = (values: { from: string; to: string }) => string;

/** When it is closed, as a person says it. */
export function whenText(what: ClosureScope, language: Language, join: Join): string {
  if (what.kind === 'session') {
    const [, date = '', hours = ''] = /\.(\d{8})t(\d{4})$/.exec(what.sessionId) ?? [];
    const day = `${date.slice(0, 4)}-${date.slice(4, 6)}-${date.slice(6)}`;
    return `${dayText(day, language)} ${hours.slice(0, 2)}:${hours.slice(2)}`;
  }
  const from = dayText(what.from, language);
  const days = what.from === what.to ? from : join({ from, to: dayText(what.to, language) });
  if (what.kind === 'day' || !(what.startsAt || what.endsAt)) return days;
  return `${days} ${timeRange(what.startsAt ?? '00:00', what.endsAt ?? '24:00')}`;
}
