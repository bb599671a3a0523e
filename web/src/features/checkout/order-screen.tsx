import { Button, Group, Text } from '@mantine/core';
import { useParams } from '@tanstack/react-router';
import { useEffect, useRef, useState } from 'react';
import type { Booking, OrderView } from '../../../../shared/contracts/bookings.ts';
import { FailedPage } from '../../components/failed-page.tsx';
import { TextLink } from '../../components/links.tsx';
import { LoadingPage } from '../../components/loading.tsx';
import { PageTitle } from '../../components/page-title.tsx';
import styles from '../../entities/basket/checkout.module.css';
import { checkoutTexts } from '../../entities/basket/texts.ts';
import { BookingState } from '../../entities/bookings/booking-state.tsx';
import { CancelDialog } from '../../entities/bookings/cancel-dialog.tsx';
import { useBeneficiaryName } from '../../entities/bookings/use-beneficiary-name.ts';
import { HeldCard } from '../../entities/holds/held-card.tsx';
import { useOrder } from '../../entities/holds/orders.ts';
import { classes } from '../../lib/classes.ts';
import { dayText, inLanguage, priceText, timeRange } from '../../lib/format.ts';
import { hasStarted } from '../../lib/has-started.ts';
import { useLanguage, useTexts } from '../../lib/i18n.ts';
import { useCityNow } from '../../lib/today.ts';

/** Everything that was booked at once, place by place; a part of it can be canceled. */
export function OrderScreen() {
  const t = useTexts(checkoutTexts);
  const { orderId } = useParams({ from: '/shell/signed-in/orders/$orderId' });
  const found = useOrder(orderId);
  if (found.isPending) return <LoadingPage />;
  if (found.error) return <FailedPage error={found.error} onRetry={() => void found.refetch()} />;
  return (
    <>
      <TextLink to="/bookings" size="sm">
        {t('back')}
      </TextLink>
      <PageTitle mb="xs">{t('order')}</PageTitle>
      <p className={styles.lead}>{t('orderLead')}</p>
      <Order order={found.data} />
    </>
  );
}

function Order({ order }: { order: OrderView }) {
  const t = useTexts(checkoutTexts);
  const language = useLanguage();
  const [canceling, setCanceling] = useState<Booking>();
  const [done, setDone] = useState(false);
  const outcome = useRef<HTMLDivElement>(null);
  // The button that was pressed goes away with the place.
  useEffect(() => {
    if (done) outcome.current?.focus();
  }, [done]);
  const { orderId, status, bookings, totalFen } = order;
  return (
    <div className={styles.checkout}>
      <div className={styles.people}>
        {status === 'held' ? (
          <ul className="plain-list">
            <HeldCard orderId={orderId} bookings={bookings} />
          </ul>
        ) : null}
        {[...Map.groupBy(bookings, ({ beneficiaryId }) => beneficiaryId)].map(([personId, own]) =>
          own[0] ? <OrderPerson key={personId} first={own[0]} bookings={own} onCancel={setCanceling} /> : null,
        )}
      </div>
      <div className={styles.summary}>
        <dl className={styles.total}>
          <div className={styles.totalPay}>
            <dt>{t('standing')}</dt>
            <dd>{priceText(totalFen, language)}</dd>
          </div>
        </dl>
        <p>{t(`status.${status}`)}</p>
        <div role="status" ref={outcome} tabIndex={-1}>
          {done ? <Text fw={600}>{t('canceled')}</Text> : null}
        </div>
      </div>
      {canceling ? (
        <CancelDialog
          booking={canceling}
          opened
          onClose={() => setCanceling(undefined)}
          onCanceled={() => {
            setCanceling(undefined);
            setDone(true);
          }}
        />
      ) : null}
    </div>
  );
}

type PersonProps = { first: Booking; bookings: Booking[]; onCancel: (booking: Booking) => void };

function OrderPerson({ first, bookings, onCancel }: PersonProps) {
  const name = useBeneficiaryName(first);
  const inTime = bookings.toSorted((a, b) => (a.date + a.startsAt < b.date + b.startsAt ? -1 : 1));
  return (
    <section className={classes('card', styles.person)} aria-label={name}>
      <h2>{name}</h2>
      <ul className="plain-list">
        {inTime.map((booking) => (
          <OrderLine key={booking.bookingId} name={name ?? ''} booking={booking} onCancel={() => onCancel(booking)} />
        ))}
      </ul>
    </section>
  );
}

function OrderLine({ name, booking, onCancel }: { name: string; booking: Booking; onCancel: () => void }) {
  const t = useTexts(checkoutTexts);
  const language = useLanguage();
  const now = useCityNow();
  const { beneficiaryId: personId, bookingId, state, date, startsAt, endsAt, refundFen, keptFen } = booking;
  const title = inLanguage(booking.title, language);
  const day = dayText(date, language, now.date);
  const time = timeRange(startsAt, endsAt);
  const isOver = state === 'canceled' || state === 'lapsed';
  return (
    <li className={isOver ? classes(styles.line, styles.canceled) : styles.line}>
      <div className={styles.lineWhat}>
        <TextLink to="/bookings/$personId/$bookingId" params={{ personId, bookingId }} fw={600}>
          {title}
        </TextLink>
        <span>
          {day} <span className={styles.time}>{time}</span>
        </span>
        <Group gap="xs">
          <BookingState state={state} />
          {isOver && refundFen ? (
            <Text size="sm">{t('refunded', { refund: priceText(refundFen, language) })}</Text>
          ) : null}
          {isOver && keptFen ? <Text size="sm">{t('kept', { kept: priceText(keptFen, language) })}</Text> : null}
        </Group>
      </div>
      <div className={styles.linePrice}>
        {isOver ? null : <strong>{priceText(booking.residentPriceFen, language)}</strong>}
        {state === 'booked' && !hasStarted(now, date, startsAt) ? (
          <Button
            variant="subtle"
            color="lychee"
            size="sm"
            onClick={onCancel}
            aria-label={t('cancelNamed', { name, title, day, time })}
          >
            {t('cancelOne')}
          </Button>
        ) : null}
      </div>
    </li>
  );
}
