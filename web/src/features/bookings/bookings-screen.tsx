import '../../components/page-tabs.css';
import { Text } from '@mantine/core';
import { Link, useSearch } from '@tanstack/react-router';
import type { Booking } from '../../../../shared/contracts/bookings.ts';
import { ActionButton } from '../../components/action-button.tsx';
import { Empty } from '../../components/empty.tsx';
import { Failure } from '../../components/failure.tsx';
import { ButtonLink, TextLink } from '../../components/links.tsx';
import { LoadingCards } from '../../components/loading.tsx';
import { PageTitle } from '../../components/page-title.tsx';
import { dayText, nearDayText } from '../../lib/format.ts';
import { useLanguage, useTexts } from '../../lib/i18n.ts';
import { useCityNow } from '../../lib/today.ts';
import { BookingRow } from './booking-row.tsx';
import { useBookings } from './bookings.ts';
import { bookingsTexts } from './texts.ts';
import './bookings.css';

/** Bookings in their order, one group a day. */
function byDate(bookings: Booking[]): [string, Booking[]][] {
  return [...Map.groupBy(bookings, ({ date }) => date)];
}

export function BookingsScreen() {
  const t = useTexts(bookingsTexts);
  const language = useLanguage();
  const now = useCityNow();
  const { when = 'coming' } = useSearch({ from: '/shell/signed-in/bookings' });
  const found = useBookings(when);
  const all = found.data?.pages.flatMap((page) => page.bookings);
  // A canceled booking is not coming; it stays within reach below.
  const canceled = when === 'coming' ? (all?.filter(({ state }) => state === 'canceled') ?? []) : [];
  const bookings = all?.filter((booking) => !canceled.includes(booking));
  return (
    <>
      <PageTitle>{t('title')}</PageTitle>
      <nav className="page-tabs" aria-label={t('which')}>
        {(['coming', 'past'] as const).map((tab) => (
          <Link
            key={tab}
            to="/bookings"
            search={tab === 'past' ? { when: tab } : {}}
            activeProps={{}}
            activeOptions={{ exact: true }}
            className="page-tab"
            aria-current={tab === when ? 'page' : undefined}
            replace
          >
            {t(tab)}
          </Link>
        ))}
      </nav>
      <TextLink to="/calendars" size="sm">
        {t('subscribe')}
      </TextLink>
      <Text role="status" size="sm" c="dimmed" mb="xs">
        {bookings && bookings.length > 0 ? t('shown', { count: bookings.length }) : ''}
      </Text>
      {found.isPending ? <LoadingCards /> : null}
      {found.error ? <Failure error={found.error} onRetry={() => void found.refetch()} /> : null}
      {bookings?.length === 0 ? (
        <Empty title={t(when === 'coming' ? 'none' : 'nonePast')}>
          <ButtonLink to="/">{t('find')}</ButtonLink>
        </Empty>
      ) : null}
      {byDate(bookings ?? []).map(([date, ofDay]) => (
        <section key={date} className="bookings-day" aria-label={dayText(date, language, now.date)}>
          <h2>
            {nearDayText(date, language, now.date)} <span>{dayText(date, language, now.date)}</span>
          </h2>
          <ul className="plain-list bookings-list">
            {ofDay.map((booking) => (
              <BookingRow key={booking.bookingId} booking={booking} />
            ))}
          </ul>
        </section>
      ))}
      {canceled.length > 0 ? (
        <details className="bookings-canceled">
          <summary>{t('canceledOnes', { count: canceled.length })}</summary>
          <ul className="plain-list bookings-list">
            {canceled.map((booking) => (
              <BookingRow key={booking.bookingId} booking={booking} dated />
            ))}
          </ul>
        </details>
      ) : null}
      {found.hasNextPage ? (
        <ActionButton
          variant="default"
          mt="md"
          pending={found.isFetchingNextPage}
          onClick={() => void found.fetchNextPage()}
        >
          {t('more')}
        </ActionButton>
      ) : null}
    </>
  );
}
