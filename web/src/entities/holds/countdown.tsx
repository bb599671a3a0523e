import { IconAlarm } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { instantText } from '../../lib/format.ts';
import { useLanguage, useTexts } from '../../lib/i18n.ts';
import { useCityAheadMs } from '../../lib/today.ts';
import styles from './holds.module.css';
import { holdsTexts } from './texts.ts';

const SECOND_MS = 1_000;

/** Milliseconds until an instant, by the city's clock; drawn again every second while there are any. */
export function useMsLeft(until: string): number {
  const aheadMs = useCityAheadMs();
  const [now, setNow] = useState(() => Date.now());
  const left = Math.max(0, Date.parse(until) - (now + aheadMs));
  const over = left === 0;
  useEffect(() => {
    if (over) return;
    const timer = setInterval(() => setNow(Date.now()), SECOND_MS);
    return () => clearInterval(timer);
  }, [over]);
  return left;
}

/** The last minutes that are said aloud: a screen reader is not told every second. */
const saidMinutes = [60, 30, 10, 5, 2, 1];

/** How long something is still held: in words and numbers, with the time at which it ends. When it is over it says so, and stays. */
export function Countdown({ until }: { until: string }) {
  const t = useTexts(holdsTexts);
  const language = useLanguage();
  const left = useMsLeft(until);
  const seconds = Math.ceil(left / SECOND_MS);
  const [days, hours, minutes] = [Math.floor(seconds / 86_400), Math.floor(seconds / 3_600), Math.floor(seconds / 60)];
  const text =
    days > 0
      ? t('leftDays', { count: days, hours: hours % 24 })
      : hours > 0
        ? t('leftHours', { hours, minutes: minutes % 60 })
        : t('leftMinutes', { minutes, seconds: String(seconds % 60).padStart(2, '0') });
  const said =
    left === 0
      ? t('over')
      : saidMinutes.includes(Math.ceil(seconds / 60))
        ? t('said', { minutes: Math.ceil(seconds / 60) })
        : '';
  return (
    <div className={styles.countdown}>
      <p className={styles.countdownLeft}>
        <IconAlarm aria-hidden />
        <span role="timer">{left === 0 ? t('over') : text}</span>
      </p>
      <p className={styles.countdownUntil}>{t('until', { time: instantText(until, language) })}</p>
      <p className="visually-hidden" aria-live="polite">
        {said}
      </p>
    </div>
  );
}
