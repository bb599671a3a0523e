import { Text } from '@mantine/core';
import { useRef } from 'react';
import type { RoomDay } from '../../../../shared/contracts/rooms.ts';
import { clockTimeOf, minutesOf } from '../../../../shared/kernel/days.ts';
import { Empty } from '../../components/empty.tsx';
import { dayText } from '../../lib/format.ts';
import { useLanguage, useTexts } from '../../lib/i18n.ts';
import styles from './room.module.css';
import { roomsTexts } from './texts.ts';

const NOON = 12 * 60;
const EVENING = 18 * 60;

type Props = { day: RoomDay; today: string; value: string; onChange: (startsAt: string) => void };

/** Every quarter-hour the center is open, an hour or two to a row, taken ones shown as such: one sees the shape of the day, not only what is left. */
export function TimeGrid({ day, today, value, onChange }: Props) {
  const t = useTexts(roomsTexts);
  const language = useLanguage();
  const grid = useRef<HTMLDivElement>(null);
  const free = new Set(day.freeStarts);
  const starts = day.hours.flatMap(({ opensAt, closesAt }) =>
    Array.from({ length: (minutesOf(closesAt) - minutesOf(opensAt)) / 15 }, (_, index) =>
      clockTimeOf(minutesOf(opensAt) + index * 15),
    ),
  );
  const parts = [
    ['morning', starts.filter((start) => minutesOf(start) < NOON)],
    ['afternoon', starts.filter((start) => minutesOf(start) >= NOON && minutesOf(start) < EVENING)],
    ['evening', starts.filter((start) => minutesOf(start) >= EVENING)],
  ] as const;
  const step = (start: string, by: number) => {
    const list = day.freeStarts;
    const next = list[list.indexOf(start) + by];
    if (next) grid.current?.querySelector<HTMLElement>(`[data-start="${next}"]`)?.focus();
  };
  if (starts.length === 0) {
    return <Empty title={t('closed')}>{day.reason === 'regular' ? null : <Text>{t(day.reason)}</Text>}</Empty>;
  }
  return (
    <fieldset className={styles.timeGrid}>
      <legend>{t('start')}</legend>
      <Text role="status" size="sm" c="dimmed">
        {free.size > 0 ? t('found', { day: dayText(day.date, language, today), count: free.size }) : t('none')}
        {day.reason === 'regular' ? '' : ` (${t(day.reason)})`}
      </Text>
      <div ref={grid}>
        {parts.map(([name, times]) =>
          times.length > 0 ? (
            <div key={name} className={styles.timeGridPart}>
              <h2>{t(name)}</h2>
              <div className={styles.timeGridTimes}>
                {times.map((start) => (
                  <button
                    key={start}
                    type="button"
                    data-start={start}
                    className={styles.timeGridTime}
                    disabled={!free.has(start)}
                    aria-pressed={start === value}
                    aria-label={free.has(start) ? start : `${start} ${t('taken')}`}
                    onClick={() => onChange(start)}
                    onKeyDown={({ key }) => {
                      if (key === 'ArrowRight') step(start, 1);
                      if (key === 'ArrowLeft') step(start, -1);
                    }}
                  >
                    {start}
                  </button>
                ))}
              </div>
            </div>
          ) : null,
        )}
      </div>
    </fieldset>
  );
}
