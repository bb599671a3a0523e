import { Checkbox, Group, NativeSelect, NumberInput, Radio, TextInput } from '@mantine/core';
import '@mantine/core/styles/Input.layer.css';
import '@mantine/core/styles/InlineInput.layer.css';
import '@mantine/core/styles/NumberInput.layer.css';
import '@mantine/core/styles/Radio.layer.css';
import '@mantine/core/styles/Checkbox.layer.css';
import { addDays, type IsoDate, mondayOf, weekdayOf } from '../../../../shared/kernel/days.ts';
import { weekdayText } from '../../lib/format.ts';
import { useLanguage, useTexts } from '../../lib/i18n.ts';
import { nthWeekday, type Repeat } from './rule.ts';
import styles from './series.module.css';
import { seriesTexts } from './texts.ts';

type Props = { value: Repeat; first: IsoDate; farthest: IsoDate; onChange: (part: Partial<Repeat>) => void };

const intervals = { day: 'interval.day', week: 'interval.week', month: 'interval.month' } as const;
const ways = ['week', 'month-date', 'month-weekday', 'day'] as const;

/** How often and until when, in plain words. */
export function RepeatFields({ value, first, farthest, onChange }: Props) {
  const t = useTexts(seriesTexts);
  const language = useLanguage();
  const nth = nthWeekday(first);
  const weekday = weekdayText(first, language);
  const labels = {
    day: t('every.day'),
    week: t('every.week'),
    'month-date': t('every.month-date', { day: Number(first.slice(8)) }),
    'month-weekday': nth === -1 ? t('every.month-last', { weekday }) : t('every.month-weekday', { nth, weekday }),
  };
  const unit = value.every === 'day' || value.every === 'week' ? value.every : 'month';
  const week = Array.from({ length: 7 }, (_, index) => addDays(mondayOf(first), index));
  return (
    <>
      <Group grow align="flex-start">
        <NativeSelect
          label={t('every')}
          value={value.every}
          onChange={({ currentTarget }) =>
            onChange({ every: ways.find((way) => way === currentTarget.value) ?? 'week' })
          }
          data={ways.map((way) => ({ value: way, label: labels[way] }))}
        />
        <NativeSelect
          label={t('interval')}
          value={String(value.interval)}
          onChange={({ currentTarget }) => onChange({ interval: Number(currentTarget.value) })}
          data={[1, 2, 3, 4].map((count) => ({ value: String(count), label: t(intervals[unit], { count }) }))}
        />
      </Group>
      {value.every === 'week' ? (
        <Checkbox.Group
          label={t('weekdays')}
          value={[...new Set([...value.weekdays, weekdayOf(first)])].map(String)}
          onChange={(days) => onChange({ weekdays: days.map(Number) })}
        >
          <div className={styles.weekdays}>
            {week.map((day) => (
              <Checkbox
                key={day}
                value={String(weekdayOf(day))}
                label={weekdayText(day, language)}
                // The first date is one of them; another first date is chosen above.
                disabled={weekdayOf(day) === weekdayOf(first)}
              />
            ))}
          </div>
        </Checkbox.Group>
      ) : null}
      <Radio.Group
        label={t('ends')}
        value={value.ends}
        onChange={(ends) => onChange({ ends: ends === 'date' ? 'date' : 'count' })}
      >
        <Group mt={6}>
          <Radio value="count" label={t('ends.count')} />
          <Radio value="date" label={t('ends.date')} />
        </Group>
      </Radio.Group>
      {value.ends === 'count' ? (
        <NumberInput
          size="md"
          label={t('count')}
          min={1}
          max={200}
          allowDecimal={false}
          clampBehavior="strict"
          value={value.count}
          onChange={(count) => onChange({ count: Number(count) || 1 })}
        />
      ) : (
        <TextInput
          type="date"
          label={t('until')}
          min={first}
          max={farthest}
          value={value.until}
          onChange={({ currentTarget }) => onChange({ until: currentTarget.value })}
        />
      )}
    </>
  );
}
