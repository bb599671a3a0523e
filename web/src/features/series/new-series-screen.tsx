import { Text } from '@mantine/core';
import { useSearch } from '@tanstack/react-router';
import { Failure } from '../../components/failure.tsx';
import { LoadingPage } from '../../components/loading.tsx';
import { PageTitle } from '../../components/page-title.tsx';
import { inLanguage } from '../../lib/format.ts';
import { useLanguage, useTexts } from '../../lib/i18n.ts';
import { useCityNow } from '../../lib/today.ts';
import { useCenter } from '../centers/centers.ts';
import { peopleToBookFor } from '../people/abilities.ts';
import { useMe } from '../people/me.ts';
import { SeriesForm } from './series-form.tsx';
import { seriesTexts } from './texts.ts';

/** Booking a room or a class again and again: what and when come with the address, how often is asked here. */
export function NewSeriesScreen() {
  const t = useTexts(seriesTexts);
  const language = useLanguage();
  const search = useSearch({ from: '/shell/signed-in/series/new' });
  const now = useCityNow();
  const me = useMe();
  const where = search.room ?? search.offering ?? '';
  const found = useCenter(where.split('.')[0] ?? '');
  const error = found.error ?? me.error;
  if (error) return <Failure error={error} onRetry={() => void Promise.all([found.refetch(), me.refetch()])} />;
  if (!found.data || !me.data || !now.settled) return <LoadingPage />;
  const { center, rooms, offerings } = found.data;
  const room = rooms.find((it) => it.roomId === search.room);
  const offering = offerings.find((it) => it.offeringId === search.offering);
  const title = room?.name ?? offering?.title;
  const { startsAt, endsAt, date } = search;
  if (!title || !startsAt || (room && !endsAt)) return <PageTitle>{t('none')}</PageTitle>;
  const times = endsAt ? { startsAt, endsAt } : { startsAt, endsAt: startsAt };
  return (
    <>
      <PageTitle mb="xs">{t('repeat')}</PageTitle>
      <Text mb={4}>
        <strong>{inLanguage(title, language)}</strong> · {inLanguage(center.name, language)} ·{' '}
        {endsAt ? `${startsAt}–${endsAt}` : startsAt}
      </Text>
      <Text size="sm" c="dimmed" mb="md">
        {t('repeatLead')}
      </Text>
      <SeriesForm
        what={
          room ? { kind: 'room', roomId: room.roomId, ...times } : { kind: 'sessions', offeringId: where, startsAt }
        }
        first={date !== undefined && date >= now.date ? date : now.date}
        today={now.date}
        people={peopleToBookFor(me.data)}
      />
    </>
  );
}
