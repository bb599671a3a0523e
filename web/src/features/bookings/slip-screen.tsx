import { Button, Group } from '@mantine/core';
import { useQueries } from '@tanstack/react-query';
import { useCanGoBack, useParams, useRouter } from '@tanstack/react-router';
import type { Booking } from '../../../../shared/contracts/bookings.ts';
import { Failure } from '../../components/failure.tsx';
import { LoadingPage } from '../../components/loading.tsx';
import { PageTitle } from '../../components/page-title.tsx';
import { QrCode } from '../../components/qr-code.tsx';
import { bookingQuery } from '../../entities/bookings/bookings.ts';
import { ticketsIn } from '../../entities/bookings/slip-address.ts';
import { useBeneficiaryName } from '../../entities/bookings/use-beneficiary-name.ts';
import { usePlaceText } from '../../entities/bookings/use-place-text.ts';
import { codeInGroups, useEntryCode } from '../../entities/doors/entry-code.tsx';
import { clockOf } from '../../lib/clock-text.ts';
import { dayText, inLanguage, priceText, timeRange } from '../../lib/format.ts';
import { useLanguage, useTexts } from '../../lib/i18n.ts';
import styles from './slip.module.css';
import { slipTexts } from './slip-texts.ts';

/** Slips to print, black on white, narrow enough for a receipt printer: for whoever has no phone to show. */
export function SlipScreen() {
  const t = useTexts(slipTexts);
  const { tickets } = useParams({ from: '/slip/$tickets' });
  const router = useRouter();
  const canGoBack = useCanGoBack();
  const found = useQueries({
    queries: ticketsIn(tickets).map(({ personId, bookingId }) => bookingQuery(personId, bookingId)),
  });
  const failed = found.find(({ error }) => error);
  return (
    <main id="main" className={styles.page}>
      <div className={styles.controls}>
        <PageTitle>{t('title')}</PageTitle>
        <Group>
          <Button onClick={() => globalThis.print()}>{t('print')}</Button>
          <Button
            variant="default"
            onClick={() => (canGoBack ? router.history.back() : void router.navigate({ to: '/bookings' }))}
          >
            {t('back')}
          </Button>
        </Group>
      </div>
      {failed?.error ? <Failure error={failed.error} onRetry={() => void failed.refetch()} /> : null}
      {found.some(({ isPending }) => isPending) ? <LoadingPage /> : null}
      {found.map(({ data }) => (data ? <Slip key={data.bookingId} booking={data} /> : null))}
    </main>
  );
}

function Slip({ booking }: { booking: Booking }) {
  const t = useTexts(slipTexts);
  const language = useLanguage();
  const place = usePlaceText(booking);
  const name = useBeneficiaryName(booking);
  const entry = useEntryCode(booking);
  return (
    <article className={styles.slip} aria-label={inLanguage(booking.title, language)}>
      <p className={styles.brand}>邻里 Linli</p>
      <p className={styles.center}>{place.name}</p>
      <p className={styles.code}>{booking.shortCode}</p>
      <QrCode text={booking.bookingId} label={t('qr', { code: booking.shortCode })} />
      {entry.data ? (
        <p className={styles.entry}>
          {t('entry')} <strong>{codeInGroups(entry.data.code)}</strong>
          <br />
          {t('entryWindow', { from: clockOf(entry.data.opensAt), until: clockOf(entry.data.closesAt) })}
        </p>
      ) : null}
      <p className={styles.person}>{name}</p>
      <p className={styles.title}>{inLanguage(booking.title, language)}</p>
      <p className={styles.when}>
        {dayText(booking.date, language)}
        <br />
        {timeRange(booking.startsAt, booking.endsAt)}
      </p>
      <p>{place.address}</p>
      <p>
        {t('price')} {priceText(booking.residentPriceFen, language)}
      </p>
      <p className={styles.foot}>
        {t('show')} {place.phone ? t('call', { phone: place.phone }) : ''}
      </p>
      <p className={styles.foot}>{booking.bookingId}</p>
    </article>
  );
}
