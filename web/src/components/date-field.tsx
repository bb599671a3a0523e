import '@mantine/core/styles/Paper.layer.css';
import '@mantine/core/styles/Popover.layer.css';
import '@mantine/dates/styles.layer.css';
import 'dayjs/locale/zh-cn.js';
import { DateInput } from '@mantine/dates';
import dayjs from 'dayjs';
import customParseFormat from 'dayjs/plugin/customParseFormat.js';
import { dateTyped } from '../lib/date-typed.ts';
import { useLanguage } from '../lib/i18n.ts';

dayjs.extend(customParseFormat);

type Props = {
  label: string;
  description?: string;
  error?: string | undefined;
  value: string;
  onChange: (date: string) => void;
  maxDate?: string;
};

/** A date of birth: typed, or picked from a calendar that opens at the years. */
export function DateField({ value, onChange, maxDate, error, description, label }: Props) {
  const language = useLanguage();
  return (
    <DateInput
      label={label}
      description={description}
      error={error}
      placeholder="2018-03-09"
      valueFormat="YYYY-MM-DD"
      locale={language === 'zh' ? 'zh-cn' : 'en'}
      firstDayOfWeek={1}
      defaultLevel="decade"
      popoverProps={{ withinPortal: false }}
      dateParser={dateTyped}
      {...(maxDate ? { maxDate } : {})}
      value={value || null}
      onChange={(date) => onChange(date ?? '')}
    />
  );
}
