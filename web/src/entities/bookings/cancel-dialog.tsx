import { Text } from '@mantine/core';
import type { Booking } from '../../../../shared/contracts/bookings.ts';
import type { PersonId } from '../../../../shared/contracts/common.ts';
import type { CancellationView } from '../../../../shared/contracts/prices.ts';
import { ConfirmDialog } from '../../components/confirm-dialog.tsx';
import { instantText, priceText } from '../../lib/format.ts';
import { useLanguage, useTexts } from '../../lib/i18n.ts';
import { isProblem } from '../../lib/problem.ts';
import { useMe } from '../people/me.ts';
import { useCancelBooking } from './cancel-booking.ts';
import styles from './cancel-dialog.module.css';
import { cancelTexts } from './cancel-texts.ts';
import { useCancellation } from './cancellation.ts';

type Props = { booking: Booking; opened: boolean; onClose: () => void; onCanceled: () => void };

/** Asks before a booking is canceled, with the very amount that will be given back. */
export function CancelDialog({ booking, opened, onClose, onCanceled }: Props) {
  const t = useTexts(cancelTexts);
  const language = useLanguage();
  const shown = useCancellation(booking, opened);
  const cancel = useCancelBooking();
  const amounts = shown.data;
  const costs = amounts !== undefined && amounts.differenceFen > 0;
  // Another amount by now: it is asked for again and shown, with a word about it in the place of the refusal.
  const changed = isProblem(cancel.error, 'amount-changed');
  const close = () => {
    cancel.reset();
    onClose();
  };
  return (
    <ConfirmDialog
      opened={opened}
      title={t('title')}
      yes={costs ? t('yesRefund', { refund: yuan(amounts.refundFen, language) }) : t('yes')}
      no={t('no')}
      pending={cancel.isPending || shown.isFetching}
      error={changed ? null : (cancel.error ?? shown.error)}
      onYes={() => {
        if (!amounts || shown.isFetching) return void shown.refetch();
        cancel.mutate(
          { booking, refundFen: amounts.refundFen },
          {
            onSuccess: onCanceled,
            onError: (error) => {
              if (isProblem(error, 'amount-changed')) void shown.refetch();
            },
          },
        );
      }}
      onClose={close}
    >
      <div role="status">
        {shown.isPending ? <Text size="sm">{t('looking')}</Text> : null}
        {changed ? (
          <Text size="sm" fw={600} mb="xs">
            {t('changed')}
          </Text>
        ) : null}
        {costs ? <Amounts amounts={amounts} /> : null}
      </div>
      <Text>{t('text')}</Text>
    </ConfirmDialog>
  );
}

/** An amount of nothing is a nought here, not “free”. */
const yuan = (amountFen: number, language: 'zh' | 'en'): string =>
  amountFen === 0 ? '¥0' : priceText(amountFen, language);

function Amounts({ amounts }: { amounts: CancellationView }) {
  const t = useTexts(cancelTexts);
  const language = useLanguage();
  const me = useMe().data;
  const { differenceFen, refundFen, keptFen, until, steps, repriced, startsAt } = amounts;
  const nameOf = (personId: PersonId) => me?.actsFor.find((person) => person.personId === personId)?.name ?? '';
  return (
    <>
      <dl className={styles.amounts}>
        {repriced.length > 0 ? (
          <div>
            <dt>{t('difference')}</dt>
            <dd>{yuan(differenceFen, language)}</dd>
          </div>
        ) : null}
        {keptFen > 0 ? (
          <div>
            <dt>{t('kept')}</dt>
            <dd>{yuan(keptFen, language)}</dd>
          </div>
        ) : null}
        <div className={styles.refund}>
          <dt>{t('refund')}</dt>
          <dd>{yuan(refundFen, language)}</dd>
        </div>
      </dl>
      {repriced.map(({ bookingId, personId, priceFen, byFen }) => (
        <Text key={bookingId} size="sm" mb="xs">
          {t('repriced', {
            name: nameOf(personId),
            before: yuan(priceFen - byFen, language),
            after: yuan(priceFen, language),
          })}
        </Text>
      ))}
      {until === startsAt ? null : (
        <Text size="sm" mb="xs">
          {t('until', { until: instantText(until, language) })}
        </Text>
      )}
      {steps.length > 1 ? (
        <details className={styles.rule} open>
          <summary>{t('rule')}</summary>
          <ul>
            {steps.map(({ from, keepPercent, keptFen: kept }, index) => (
              <li key={from ?? 'first'}>
                {from === undefined
                  ? t('step.first', { until: instantText(steps[index + 1]?.from ?? startsAt, language) })
                  : t(keepPercent === 100 ? 'step.all' : 'step.later', {
                      from: instantText(from, language),
                      percent: keepPercent,
                      kept: yuan(kept, language),
                    })}
              </li>
            ))}
          </ul>
        </details>
      ) : null}
    </>
  );
}
