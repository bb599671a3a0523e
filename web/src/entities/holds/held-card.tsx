import { Button, Group, Text } from '@mantine/core';
import { useState } from 'react';
import type { Booking } from '../../../../shared/contracts/bookings.ts';
import type { OrderId } from '../../../../shared/contracts/common.ts';
import type { PayWith } from '../../../../shared/contracts/passes.ts';
import { ActionButton } from '../../components/action-button.tsx';
import { ConfirmDialog } from '../../components/confirm-dialog.tsx';
import { Failure } from '../../components/failure.tsx';
import { ButtonLink } from '../../components/links.tsx';
import { classes } from '../../lib/classes.ts';
import { dayText, inLanguage, priceText, timeRange } from '../../lib/format.ts';
import { useLanguage, useTexts } from '../../lib/i18n.ts';
import { isProblem } from '../../lib/problem.ts';
import { useCityNow } from '../../lib/today.ts';
import { useBeneficiaryName } from '../bookings/use-beneficiary-name.ts';
import { usePlaceText } from '../bookings/use-place-text.ts';
import { Countdown, useMsLeft } from './countdown.tsx';
import styles from './holds.module.css';
import { OfferPayment } from './offer-payment.tsx';
import { useDecideOrder, useOrder } from './orders.ts';
import { holdsTexts } from './texts.ts';

type Props = { orderId: OrderId; bookings: Booking[] };

/** Places that are kept for a while: for a payment, for the center's yes, for an answer. What to do, and until when. */
export function HeldCard({ orderId, bookings }: Props) {
  const [first] = bookings;
  if (!first?.heldFor || !first.heldUntil) return null;
  return <Held orderId={orderId} bookings={bookings} heldFor={first.heldFor} until={first.heldUntil} />;
}

type HeldProps = Props & { heldFor: NonNullable<Booking['heldFor']>; until: string };

function Held({ orderId, bookings, heldFor, until }: HeldProps) {
  const t = useTexts(holdsTexts);
  const language = useLanguage();
  const order = useOrder(orderId);
  const decide = useDecideOrder();
  const [asking, setAsking] = useState(false);
  const isOver = useMsLeft(until) === 0;
  const over = isOver || order.data?.status === 'released';
  const why = heldFor === 'offer' && order.data?.inStead ? 'inStead' : heldFor;
  const totalFen = order.data?.totalFen ?? bookings.reduce((sum, { residentPriceFen }) => sum + residentPriceFen, 0);
  const price = priceText(totalFen, language);
  const isOffer = heldFor === 'offer';
  // Until something else is chosen, what was named when joining the line pays.
  const [chosen, setChosen] = useState<PayWith | null>();
  const payWith = chosen === undefined ? order.data?.payWith : (chosen ?? undefined);
  const confirm = (means = chosen) =>
    decide.mutate({
      orderId,
      word: 'confirm',
      ...(heldFor === 'payment' ? { amountFen: totalFen } : {}),
      ...(isOffer && means !== undefined ? { payWith: means } : {}),
    });
  const cannotPay = isOffer && isProblem(decide.error, 'pass-empty', 'pass-expired', 'pass-not-accepted', 'fund-empty');
  const choose = (means: PayWith | null) => {
    decide.reset();
    setChosen(means);
  };
  const sessionId = bookings[0]?.sessionId;
  const roomId = bookings[0]?.roomId;
  return (
    <li className={classes('card', styles.heldCard)}>
      <p className={styles.heldWhy}>{t(heldFor === 'offer' && order.isPending ? 'title' : `for.${why}`)}</p>
      <ul className="plain-list">
        {bookings.map((booking) => (
          <HeldPlace key={booking.bookingId} booking={booking} />
        ))}
      </ul>
      <Countdown until={until} />
      {over ? (
        <>
          <Text size="sm">{t('overText')}</Text>
          {sessionId ? (
            <ButtonLink variant="default" to="/sessions/$sessionId" params={{ sessionId }}>
              {t('again')}
            </ButtonLink>
          ) : roomId ? (
            <ButtonLink variant="default" to="/rooms/$roomId" params={{ roomId }}>
              {t('again')}
            </ButtonLink>
          ) : null}
        </>
      ) : (
        <>
          <Text size="sm">
            {heldFor === 'approval'
              ? t('approvalNote')
              : totalFen === 0
                ? t('free')
                : isOffer && payWith && !cannotPay
                  ? t('passPays')
                  : t('payNote', { price })}
          </Text>
          {isOffer && sessionId && totalFen > 0 ? (
            <OfferPayment
              sessionId={sessionId}
              places={bookings.length}
              value={payWith}
              onChange={(means) => choose(means ?? null)}
            />
          ) : null}
          {decide.error && !asking ? (
            <Failure error={decide.error} onRetry={() => confirm()}>
              {isProblem(decide.error, 'amount-changed') ? <Text size="sm">{t('amountNow', { price })}</Text> : null}
              {cannotPay ? (
                <Button
                  variant="default"
                  size="sm"
                  mt="xs"
                  onClick={() => {
                    choose(null);
                    confirm(null);
                  }}
                >
                  {t('payInstead', { price })}
                </Button>
              ) : null}
            </Failure>
          ) : null}
          <Group>
            {heldFor === 'approval' ? null : (
              <ActionButton pending={decide.isPending || order.isPending} onClick={() => confirm()}>
                {isOffer
                  ? t(why === 'inStead' ? 'acceptInStead' : 'accept')
                  : totalFen > 0
                    ? t('pay', { price })
                    : t('confirm')}
              </ActionButton>
            )}
            <Button
              variant="default"
              onClick={() => {
                decide.reset();
                setAsking(true);
              }}
            >
              {t(`decline.${why}`)}
            </Button>
          </Group>
        </>
      )}
      <ConfirmDialog
        opened={asking}
        title={t('declineTitle')}
        yes={t('declineYes')}
        no={t('declineNo')}
        pending={decide.isPending}
        error={decide.error}
        onYes={() => decide.mutate({ orderId, word: 'decline' }, { onSuccess: () => setAsking(false) })}
        onClose={() => setAsking(false)}
      >
        <Text>{t('declineText')}</Text>
      </ConfirmDialog>
    </li>
  );
}

function HeldPlace({ booking }: { booking: Booking }) {
  const language = useLanguage();
  const now = useCityNow();
  const place = usePlaceText(booking);
  const name = useBeneficiaryName(booking);
  return (
    <li className={styles.heldPlace}>
      <strong>
        {name ? `${name} · ` : ''}
        {inLanguage(booking.title, language)}
      </strong>
      <span>
        {dayText(booking.date, language, now.date)} {timeRange(booking.startsAt, booking.endsAt)} · {place.name}
      </span>
    </li>
  );
}
