import { Group, Radio, Text } from '@mantine/core';
import '@mantine/core/styles/InlineInput.layer.css';
import '@mantine/core/styles/Radio.layer.css';
import { useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { may } from '../../../../shared/access/abilities.ts';
import { addDays, type CivilTime, type IsoDate } from '../../../../shared/kernel/days.ts';
import { FailedPage, MissingPage } from '../../components/failed-page.tsx';
import { LoadingPage } from '../../components/loading.tsx';
import { PageTitle } from '../../components/page-title.tsx';
import { useCenter } from '../../entities/centers/centers.ts';
import { abilitiesOfMe, peopleToBookFor } from '../../entities/people/abilities.ts';
import { useMe } from '../../entities/people/me.ts';
import { inLanguage, timeRange } from '../../lib/format.ts';
import { hasStarted } from '../../lib/has-started.ts';
import { useLanguage, useTexts } from '../../lib/i18n.ts';
import { useCityNow } from '../../lib/today.ts';
import { DeskPerson } from './desk-person.tsx';
import { SeriesForm, type What } from './series-form.tsx';
import { seriesTexts } from './texts.ts';

/** The date itself, or where it is over the next one on its day of the week. */
function firstFrom(date: IsoDate, startsAt: string, now: CivilTime): IsoDate {
  let first = date;
  while (hasStarted(now, first, startsAt)) first = addDays(first, 7);
  return first;
}

/** Booking a room or a class again and again: what and when come with the address, how often is asked here. */
export function NewSeriesScreen() {
  const t = useTexts(seriesTexts);
  const language = useLanguage();
  const search = useSearch({ from: '/shell/signed-in/series/new' });
  const now = useCityNow();
  const [atDesk, setAtDesk] = useState(search.desk === true);
  const me = useMe();
  const where = search.room ?? search.offering ?? '';
  const found = useCenter(where.split('.')[0] ?? '');
  const error = found.error ?? me.error;
  if (error) return <FailedPage error={error} onRetry={() => void Promise.all([found.refetch(), me.refetch()])} />;
  if (!found.data || !me.data || !now.settled) return <LoadingPage />;
  const { center, rooms, offerings } = found.data;
  const room = rooms.find((it) => it.roomId === search.room);
  const offering = offerings.find((it) => it.offeringId === search.offering);
  const title = room?.name ?? offering?.title;
  const { startsAt, endsAt, date } = search;
  if (!title || !startsAt || (room && !endsAt)) return <MissingPage />;
  const first = firstFrom(date ?? now.date, startsAt, now);
  const what: What =
    room && endsAt
      ? {
          ...{ kind: 'room', roomId: room.roomId, startsAt, endsAt },
          ...(offerings.some(({ offeringId }) => offeringId === search.use) && search.use
            ? { offeringId: search.use }
            : {}),
          with: search.with?.split(',').filter((id) => rooms.some(({ roomId }) => roomId === id)) ?? [],
        }
      : { kind: 'sessions', offeringId: where, startsAt };
  const extras = [...offerings.filter(({ offeringId }) => offeringId === search.use).map((use) => use.title)].concat(
    what.kind === 'room' ? rooms.filter(({ roomId }) => what.with.includes(roomId)).map(({ name }) => name) : [],
  );
  const mayDesk = may(abilitiesOfMe(me.data), 'staff', 'Desk', { centerId: center.centerId });
  const form = { what, first, today: now.date };
  return (
    <>
      <PageTitle mb="xs">{t('repeat')}</PageTitle>
      <Text mb={4}>
        <strong>{inLanguage(title, language)}</strong> · {inLanguage(center.name, language)} ·{' '}
        {endsAt ? timeRange(startsAt, endsAt) : startsAt}
        {extras.map((extra) => ` · ${inLanguage(extra, language)}`).join('')}
      </Text>
      <Text size="sm" c="dimmed" mb="md">
        {t('repeatLead')}
      </Text>
      {mayDesk ? (
        <Radio.Group
          mb="md"
          label={t('made.title')}
          value={atDesk ? 'desk' : 'own'}
          onChange={(value) => setAtDesk(value === 'desk')}
        >
          <Group mt={6}>
            <Radio value="desk" label={t('made.desk')} />
            <Radio value="own" label={t('made.own')} />
          </Group>
        </Radio.Group>
      ) : null}
      {mayDesk && atDesk ? (
        <DeskPerson>
          {(personId, withReason) => (
            <SeriesForm key={personId} {...form} people={[]} onBehalf={{ personId, withReason }} />
          )}
        </DeskPerson>
      ) : (
        <SeriesForm {...form} people={peopleToBookFor(me.data)} />
      )}
    </>
  );
}
