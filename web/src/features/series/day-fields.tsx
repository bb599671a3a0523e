import { Checkbox, TextInput } from '@mantine/core';
import '@mantine/core/styles/Checkbox.layer.css';
import { addDays, type IsoDate, mondayOf, weekdayOf } from '../../../../shared/kernel/days.ts';
import { weekdayText } from '../../lib/format.ts';
import { useLanguage, useTexts } from '../../lib/i18n.ts';
import type { DayRule } from './rule.ts';
import styles from './series.module.css';
import { seriesTexts } from './texts.ts';

/** Other days for a series: of the week, or those of the months like one date. */
export type Days = { readonly weekdays: readonly number[]; readonly like: IsoDate };
type Props = { rule: DayRule; today: IsoDate; value: Days; onChange: (days: Days) => void };

export function DayFields({ rule, today, value, onChange }: Props) {
  const t = useTexts(seriesTexts);
  const language = useLanguage();
  if (rule.by === 'month')
    return (
      <TextInput
        type="date"
        label={t('newFirst')}
        required
        withAsterisk={false}
        min={today}
        value={value.like}
        onChange={({ currentTarget }) => onChange({ ...value, like: currentTarget.value })}
      />
    );
  const week = Array.from({ length: 7 }, (_, index) => addDays(mondayOf(today), index));
  return (
    <Checkbox.Group
      label={t('newWeekdays')}
      error={value.weekdays.length === 0 ? t('weekdayMissing') : undefined}
      value={value.weekdays.map(String)}
      onChange={(days) => onChange({ ...value, weekdays: days.map(Number).sort((a, b) => a - b) })}
    >
      <div className={styles.weekdays}>
        {week.map((day) => (
          <Checkbox key={day} value={String(weekdayOf(day))} label={weekdayText(day, language)} />
        ))}
      </div>
    </Checkbox.Group>
  );
}
