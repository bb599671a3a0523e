import { Text, Title } from '@mantine/core';
import type { ClosurePreview } from '../../../../shared/contracts/closures.ts';
import { classes } from '../../lib/classes.ts';
import { useTexts } from '../../lib/i18n.ts';
import styles from './closures.module.css';
import { LostBooking, LostWait, OtherPlace } from './lost-booking.tsx';
import { closureTexts } from './texts.ts';
import { amountText } from './words.ts';

/** Who is affected, and what each would get as things stand; and who waits in vain. */
export function PreviewList({ preview: { affected, line, totals } }: { preview: ClosurePreview }) {
  const t = useTexts(closureTexts);
  if (totals.affected + totals.inLine === 0) return <Text my="md">{t('nobody')}</Text>;
  const { offers, refunds, further, refundFen, inLine } = totals;
  return (
    <div className={styles.preview}>
      <Title order={3} mb={4}>
        {t('affected', { count: totals.affected })}
      </Title>
      {totals.affected > 0 ? (
        <Text size="sm" mb="sm">
          {t('would', { offers, refunds, amount: amountText(refundFen) })}
        </Text>
      ) : null}
      <ul className={classes('plain-list', styles.rows)}>
        {affected.map((one) => (
          <li key={one.bookingId} className={styles.row}>
            <LostBooking lost={one} />
            {one.place ? (
              <OtherPlace place={one.place} label={t('wouldGet')} />
            ) : (
              <p className={styles.refund}>{t('wouldRefund', { amount: amountText(one.priceFen) })}</p>
            )}
          </li>
        ))}
      </ul>
      {further > 0 ? (
        <Text size="sm" mt="sm">
          {t('further', { count: further })}
        </Text>
      ) : null}
      {inLine > 0 ? (
        <>
          <Title order={3} mt="lg" mb={4}>
            {t('inLine', { count: inLine })}
          </Title>
          <Text size="sm" mb="sm">
            {t('lineWould')}
          </Text>
          <ul className={classes('plain-list', styles.rows)}>
            {line.map((one) => (
              <li key={`${one.personId} ${one.date} ${one.startsAt}`} className={styles.row}>
                <LostWait lost={one} />
              </li>
            ))}
          </ul>
        </>
      ) : null}
    </div>
  );
}
