import { Text, TextInput, Title } from '@mantine/core';
import { useState } from 'react';
import type { PersonId } from '../../../../shared/contracts/common.ts';
import { Failure } from '../../components/failure.tsx';
import { LoadingCards } from '../../components/loading.tsx';
import styles from '../../entities/allowances/allowances.module.css';
import { useStatement } from '../../entities/allowances/allowances.ts';
import { allowanceTexts } from '../../entities/allowances/texts.ts';
import { classes } from '../../lib/classes.ts';
import { dayText, inLanguage, priceText } from '../../lib/format.ts';
import { useLanguage, useTexts } from '../../lib/i18n.ts';

/** A month of the family: what each booking costs, and who pays which part of it. */
export function StatementSection({ personId, thisMonth }: { personId: PersonId; thisMonth: string }) {
  const t = useTexts(allowanceTexts);
  const language = useLanguage();
  const [month, setMonth] = useState(thisMonth);
  const found = useStatement(personId, month);
  // On a statement nothing is a sum like any other.
  const price = (fen: number) => (fen === 0 ? '¥0' : priceText(fen, language));
  return (
    <section className={styles.part}>
      <Title order={2} mb="xs">
        {t('statement')}
      </Title>
      <Text mb="sm">{t('statementLead')}</Text>
      <TextInput
        className={styles.who}
        type="month"
        label={t('month')}
        value={month}
        onChange={({ currentTarget }) => setMonth(currentTarget.value || thisMonth)}
      />
      {found.isPending ? <LoadingCards count={1} /> : null}
      {found.error ? <Failure error={found.error} onRetry={() => void found.refetch()} /> : null}
      {found.data?.lines.length === 0 ? <Text c="dimmed">{t('nothing')}</Text> : null}
      {found.data && found.data.lines.length > 0 ? (
        <>
          <ul className={classes('plain-list', styles.statementRows)}>
            {found.data.lines.map(({ bookingId, name, title, date, startsAt, state, priceFen, paidBy }) => (
              <li key={bookingId} className="card">
                <div>
                  <Text fw={700}>
                    {inLanguage(title, language)}
                    {state === 'canceled' ? t('canceled') : ''}
                  </Text>
                  <Text size="sm">
                    {name} · {dayText(date, language)} {startsAt}
                  </Text>
                </div>
                <div className={styles.statementPaid}>
                  <Text fw={700}>{price(priceFen)}</Text>
                  {paidBy.map(({ payer, name: payerName, amountFen }) => (
                    <Text key={payer} size="sm">
                      {t(`payer.${payer}`)}
                      {payerName ? ` · ${inLanguage(payerName, language)}` : ''} {price(amountFen)}
                    </Text>
                  ))}
                </div>
              </li>
            ))}
          </ul>
          <Text fw={700}>
            {t('total', {
              price: price(found.data.totals.priceFen),
              resident: price(found.data.totals.residentFen),
              pass: price(found.data.totals.passFen),
              fund: price(found.data.totals.fundFen),
            })}
          </Text>
        </>
      ) : null}
    </section>
  );
}
