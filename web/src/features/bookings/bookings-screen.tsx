import { Text } from '@mantine/core';
import { Link, useSearch } from '@tanstack/react-router';
import type { Booking } from '../../../../shared/contracts/bookings.ts';
import { ActionButton } from '../../components/action-button.tsx';
import { Empty } from '../../components/empty.tsx';
import { Failure } from '../../components/failure.tsx';
import { ButtonLink, TextLink } from '../../components/links.tsx';
import { LoadingCards } from '../../components/loading.tsx';
import pageTabsStyles from '../../components/page-tabs.module.css';
import { PageTitle } from '../../components/page-title.tsx';
import { useBookings } from '../../entities/bookings/bookings.ts';
import { bookingsTexts } from '../../entities/bookings/texts.ts';
import { heldOrders } from '../../entities/holds/held.tsx';
import { HeldCard } from '../../entities/holds/held-card.tsx';
import holdsStyles from '../../entities/holds/holds.module.css';
import { holdsTexts } from '../../entities/holds/texts.ts';
import { LimitNotice } from '../../entities/no-shows/limit-notice.tsx';
import { waitlistTexts } from '../../entities/waitlist/texts.ts';
import { WaitingCard } from '../../entities/waitlist/waiting-card.tsx';
import { useWaitlists } from '../../entities/waitlist/waitlist.ts';
import { classes } from '../../lib/classes.ts';
import { dayText, nearDayText } from '../../lib/format.ts';
import { useLanguage, useTexts } from '../../lib/i18n.ts';
import { useCityNow } from '../../lib/today.ts';
import { BookingRow } from './booking-row.tsx';
import styles from './bookings.module.css';

/** Bookings in their order, one group a day. */
function byDate(bookings: Booking[]): [string, Booking[]][] {
  return [...Map.groupBy(bookings, ({ date }) => date)];
}

const isOver = (state: Booking['state']): boolean => state === 'canceled' || state === 'lapsed';

/** What needs a word first: places that are held, then those one waits for; below, the bookings, day by day. */
export function BookingsScreen() {
  const t = useTexts(bookingsTexts);
  const holds = useTexts(holdsTexts);
  const waits = useTexts(waitlistTexts);
  const language = useLanguage();
  const now = useCityNow();
  const { when = 'coming' } = useSearch({ from: '/shell/signed-in/bookings' });
  const found = useBookings(when);
  const all = found.data?.pages.flatMap((page) => page.bookings);
  // A canceled booking is not coming; it stays within reach below.
  const canceled = when === 'coming' ? (all?.filter(({ state }) => isOver(state)) ?? []) : [];
  const held = when === 'coming' ? heldOrders(all ?? []) : [];
  const waiting = useWaitlists(when === 'coming').data ?? [];
  const bookings = all?.filter((booking) => booking.state !== 'held' && !canceled.includes(booking));
  const missedBy = [...new Set(all?.filter(({ state }) => state === 'no-show').map((it) => it.beneficiaryId))];
  return (
    <>
      <PageTitle>{t('title')}</PageTitle>
      <nav className={pageTabsStyles.tabs} aria-label={t('which')}>
        {(['coming', 'past'] as const).map((tab) => (
          <Link
            key={tab}
            to="/bookings"
            search={tab === 'past' ? { when: tab } : {}}
            activeProps={{}}
            activeOptions={{ exact: true }}
            className={pageTabsStyles.tab}
            aria-current={tab === when ? 'page' : undefined}
            replace
          >
            {t(tab)}
          </Link>
        ))}
      </nav>
      <p className="link-row">
        <TextLink to="/calendars" size="sm">
          {t('subscribe')}
        </TextLink>
        <TextLink to="/series" size="sm">
          {t('series')}
        </TextLink>
      </p>
      <Text role="status" size="sm" c="dimmed" mb="xs">
        {bookings && bookings.length > 0 ? t('shown', { count: bookings.length }) : ''}
      </Text>
      {found.isPending ? <LoadingCards /> : null}
      {found.error ? <Failure error={found.error} onRetry={() => void found.refetch()} /> : null}
      {missedBy.map((personId) => (
        <LimitNotice key={personId} personId={personId} />
      ))}
      {held.length > 0 ? (
        <section aria-labelledby="held-heading">
          <h2 id="held-heading" className={styles.heading}>
            {holds('title')}
          </h2>
          <ul className={classes('plain-list', holdsStyles.heldList)}>
            {held.map(([orderId, ofOrder]) => (
              <HeldCard key={orderId} orderId={orderId} bookings={ofOrder} />
            ))}
          </ul>
        </section>
      ) : null}
      {when === 'coming' && waiting.length > 0 ? (
        <section aria-labelledby="waiting-heading">
          <h2 id="waiting-heading" className={styles.heading}>
            {waits('title')}
          </h2>
          <ul className={classes('plain-list', holdsStyles.heldList)}>
            {waiting.map((one) => (
              <li key={`${one.sessionId} ${one.personId}`}>
                <WaitingCard waiting={one} />
              </li>
            ))}
          </ul>
        </section>
      ) : null}
      {bookings?.length === 0 && held.length + waiting.length === 0 ? (
        <Empty title={t(when === 'coming' ? 'none' : 'nonePast')}>
          <ButtonLink to="/">{t('find')}</ButtonLink>
        </Empty>
      ) : null}
      {byDate(bookings ?? []).map(([date, ofDay]) => (
        <section key={date} className={styles.day} aria-label={dayText(date, language, now.date)}>
          <h2>
            {nearDayText(date, language, now.date)} <span>{dayText(date, language, now.date)}</span>
          </h2>
          <ul className={classes('plain-list', styles.list)}>
            {ofDay.map((booking) => (
              <BookingRow key={booking.bookingId} booking={booking} />
            ))}
          </ul>
        </section>
      ))}
      {canceled.length > 0 ? (
        <details className={styles.canceled}>
          <summary>{t('canceledOnes', { count: canceled.length })}</summary>
          <ul className={classes('plain-list', styles.list)}>
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
