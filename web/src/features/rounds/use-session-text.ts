import type { RoundSession } from '../../../../shared/contracts/rounds.ts';
import { dayText, inLanguage, timeRange } from '../../lib/format.ts';
import { useLanguage } from '../../lib/i18n.ts';
import { useCityNow } from '../../lib/today.ts';

type Named = Pick<RoundSession, 'title' | 'date' | 'startsAt' | 'endsAt'>;

/** A session in a line: `四点半课堂 · 3月20日 周五 16:30–18:00`. */
export function useSessionText(): (session: Named) => string {
  const language = useLanguage();
  const { date: today } = useCityNow();
  return ({ title, date, startsAt, endsAt }) =>
    `${inLanguage(title, language)} · ${dayText(date, language, today)} ${timeRange(startsAt, endsAt)}`;
}
