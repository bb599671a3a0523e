import { NativeSelect, Stack, Text, Title } from '@mantine/core';
import { useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import type { FeedCreate } from '../../../../shared/contracts/calendars.ts';
import { ActionButton } from '../../components/action-button.tsx';
import { Failure } from '../../components/failure.tsx';
import { PageTitle } from '../../components/page-title.tsx';
import { useMe } from '../../entities/people/me.ts';
import { classes } from '../../lib/classes.ts';
import { useTexts } from '../../lib/i18n.ts';
import styles from './calendars.module.css';
import { FeedAddress } from './feed-address.tsx';
import { FeedList } from './feed-list.tsx';
import { useMakeFeed } from './feeds.ts';
import { calendarTexts } from './texts.ts';
import { useFeedName } from './use-feed-name.ts';

/** Bookings in the calendar of one's phone: making an address, and ending one. */
export function CalendarsScreen() {
  const t = useTexts(calendarTexts);
  return (
    <div className={styles.calendars}>
      <PageTitle mb="xs">{t('title')}</PageTitle>
      <Text mb="lg">{t('lead')}</Text>
      <MakeFeed />
      <FeedList />
    </div>
  );
}

const CIRCLE = 'circle';
const PLACE = 'place';

function MakeFeed() {
  const t = useTexts(calendarTexts);
  const me = useMe();
  const search = useSearch({ from: '/shell/signed-in/calendars' });
  const place: FeedCreate | undefined = search.room
    ? { kind: 'room', of: search.room }
    : search.class
      ? { kind: 'class', of: search.class }
      : undefined;
  const placeName = useFeedName(place ?? { kind: 'circle' });
  const [chosen, setChosen] = useState<string>();
  const make = useMakeFeed();
  const value = chosen ?? (place ? PLACE : CIRCLE);
  const wanted: FeedCreate =
    value === PLACE && place ? place : value === CIRCLE ? { kind: 'circle' } : { kind: 'person', of: value };
  const people = me.data?.actsFor ?? [];
  return (
    <section className={classes('card', styles.make)} aria-labelledby="make-feed">
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (!make.isPending) make.mutate(wanted);
        }}
      >
        <Stack gap="md">
          <NativeSelect
            id="make-feed"
            label={t('what')}
            value={value}
            onChange={({ currentTarget }) => setChosen(currentTarget.value)}
            data={[
              ...(place ? [{ value: PLACE, label: placeName }] : []),
              { value: CIRCLE, label: t('circle') },
              ...people.map(({ personId, name }) => ({ value: personId, label: name })),
            ]}
          />
          {make.error ? <Failure error={make.error} onRetry={() => make.mutate(wanted)} /> : null}
          <ActionButton type="submit" pending={make.isPending}>
            {t('make')}
          </ActionButton>
        </Stack>
      </form>
      <div role="status">{make.data ? <Title order={2}>{t('made')}</Title> : null}</div>
      {make.data ? <FeedAddress key={make.data.path} path={make.data.path} /> : null}
    </section>
  );
}
