import { Group, NativeSelect, Text, TextInput } from '@mantine/core';
import type { Series, SeriesOccurrence } from '../../../../shared/contracts/series.ts';
import { addDays, clockTimeOf } from '../../../../shared/kernel/days.ts';
import { useSessions } from '../../entities/sessions/sessions.ts';
import { dayText } from '../../lib/format.ts';
import { useLanguage, useTexts } from '../../lib/i18n.ts';
import { useCityNow } from '../../lib/today.ts';
import { seriesTexts } from './texts.ts';

export type NewPlace = { readonly date: string; readonly startsAt: string };
type Props = {
  series: Series;
  occurrence: SeriesOccurrence;
  /** One only may go to another date. */
  one: boolean;
  value: NewPlace;
  onChange: (place: NewPlace) => void;
};

const quarters = Array.from({ length: 4 * 16 }, (_, index) => clockTimeOf(6 * 60 + index * 15));

/** Where it goes: a date and a start for a room; one of the sessions there are for a class. */
export function PlaceFields(props: Props) {
  return props.series.target.kind === 'room' ? <RoomPlace {...props} /> : <SessionPlace {...props} />;
}

function RoomPlace({ one, value, onChange }: Props) {
  const t = useTexts(seriesTexts);
  const today = useCityNow().date;
  return (
    <Group grow>
      {one ? (
        <TextInput
          type="date"
          label={t('newDate')}
          min={today}
          value={value.date}
          onChange={({ currentTarget }) => onChange({ ...value, date: currentTarget.value })}
        />
      ) : null}
      <NativeSelect
        label={t('newStart')}
        value={value.startsAt}
        onChange={({ currentTarget }) => onChange({ ...value, startsAt: currentTarget.value })}
        data={[...new Set([...quarters, value.startsAt])].sort()}
      />
    </Group>
  );
}

const DAYS = 14;

function SessionPlace({ series, occurrence, one, value, onChange }: Props) {
  const t = useTexts(seriesTexts);
  const language = useLanguage();
  const today = useCityNow().date;
  const [, from = today] = [addDays(occurrence.date, -7), today].sort();
  const sessions = useSessions(series.centerId, from, DAYS);
  const offeringId = series.target.kind === 'sessions' ? series.target.offeringId : '';
  const own = sessions.data?.filter((session) => session.offeringId === offeringId) ?? [];
  const starts = [...new Set([...own.map(({ startsAt }) => startsAt), value.startsAt])].sort();
  if (!one)
    return (
      <NativeSelect
        label={t('newStart')}
        value={value.startsAt}
        onChange={({ currentTarget }) => onChange({ ...value, startsAt: currentTarget.value })}
        data={starts}
      />
    );
  if (sessions.data && own.length <= 1) return <Text size="sm">{t('noSessions')}</Text>;
  return (
    <NativeSelect
      label={t('newSession')}
      value={`${value.date} ${value.startsAt}`}
      onChange={({ currentTarget }) => {
        const [date = value.date, startsAt = value.startsAt] = currentTarget.value.split(' ');
        onChange({ date, startsAt });
      }}
      data={own.map(({ date, startsAt }) => ({
        value: `${date} ${startsAt}`,
        label: `${dayText(date, language, today)} ${startsAt}`,
      }))}
    />
  );
}
