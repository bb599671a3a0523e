import { Text } from '@mantine/core';
import { useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { addDays, type IsoDate } from '../../../../shared/kernel/days.ts';
import { DateStrip } from '../../components/date-strip.tsx';
import { Empty } from '../../components/empty.tsx';
import { FailedPage } from '../../components/failed-page.tsx';
import { Failure } from '../../components/failure.tsx';
import { TextLink } from '../../components/links.tsx';
import { LoadingCards, LoadingPage } from '../../components/loading.tsx';
import { PageTitle } from '../../components/page-title.tsx';
import { useCenter } from '../../entities/centers/centers.ts';
import { classes } from '../../lib/classes.ts';
import { dayText, inLanguage } from '../../lib/format.ts';
import { useLanguage, useTexts } from '../../lib/i18n.ts';
import { useCityNow } from '../../lib/today.ts';
import { RoomsGrid } from './rooms-grid.tsx';
import styles from './rooms-week.module.css';
import { startsOf, useRoomsWeek } from './rooms-week.ts';
import { roomsWeekTexts } from './rooms-week-texts.ts';

const WEEK = 7;
const weekOf = (today: IsoDate, date: IsoDate): IsoDate => {
  let from = today;
  while (addDays(from, WEEK) <= date) from = addDays(from, WEEK);
  return from;
};

/** Every room of a center on one day, quarter-hour by quarter-hour; a free one leads to booking it. */
export function RoomsWeekScreen() {
  const t = useTexts(roomsWeekTexts);
  const language = useLanguage();
  const { centerId } = useParams({ from: '/shell/centers/$centerId/rooms' });
  const search = useSearch({ from: '/shell/centers/$centerId/rooms' });
  const navigate = useNavigate({ from: '/centers/$centerId/rooms' });
  const now = useCityNow();
  const date = search.date !== undefined && search.date >= now.date ? search.date : now.date;
  const [from, setFrom] = useState<IsoDate>();
  const center = useCenter(centerId);
  const week = useRoomsWeek(centerId, date);
  if (center.isPending || !now.settled) return <LoadingPage />;
  if (center.error) return <FailedPage error={center.error} onRetry={() => void center.refetch()} />;
  const go = (day: IsoDate) => void navigate({ search: { date: day }, replace: true, resetScroll: false });
  const day = week.data?.days.find((it) => it.date === date);
  const starts = day?.hours.flatMap((hours) => startsOf({ startsAt: hours.opensAt, endsAt: hours.closesAt })) ?? [];
  const rooms = week.data?.rooms ?? [];
  return (
    <>
      <TextLink to="/centers/$centerId" params={{ centerId }} search={{ show: 'rooms' }} size="sm">
        {t('back', { center: inLanguage(center.data.center.name, language) })}
      </TextLink>
      <PageTitle mb="xs">{t('title')}</PageTitle>
      <Text mb="sm">{t('lead')}</Text>
      <DateStrip
        from={from ?? weekOf(now.date, date)}
        today={now.date}
        value={date}
        closed={new Set(week.data?.days.filter(({ hours }) => hours.length === 0).map((it) => it.date))}
        onChange={go}
        onMove={(start) => {
          setFrom(start);
          go(start);
        }}
      />
      {week.isPending ? <LoadingCards count={4} height={56} /> : null}
      {week.error ? <Failure error={week.error} onRetry={() => void week.refetch()} /> : null}
      <p role="status" className="visually-hidden">
        {day ? t('shown', { day: dayText(date, language, now.date), count: rooms.length }) : ''}
      </p>
      {day && starts.length === 0 ? <Empty title={t('closed')} /> : null}
      {day && rooms.length === 0 ? <Empty title={t('none')} /> : null}
      {day && starts.length > 0 && rooms.length > 0 ? (
        <>
          <p className={styles.key}>
            <span className={classes(styles.mark, styles.free)} aria-hidden /> {t('free')}
            <span className={classes(styles.mark, styles.taken)} aria-hidden /> {t('taken')}
            <span className={styles.scrollHint}>{t('scroll')}</span>
          </p>
          <div className={styles.scroll}>
            <RoomsGrid
              key={date}
              rooms={rooms}
              date={date}
              starts={starts}
              onChoose={(roomId, start) =>
                void navigate({ to: '/rooms/$roomId', params: { roomId }, search: { date, start } })
              }
            />
          </div>
        </>
      ) : null}
    </>
  );
}
