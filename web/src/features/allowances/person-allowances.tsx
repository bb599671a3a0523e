import { Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import type { Allowance } from '../../../../shared/contracts/city-rules.ts';
import type { PersonId } from '../../../../shared/contracts/common.ts';
import type { Pass } from '../../../../shared/contracts/passes.ts';
import { Failure } from '../../components/failure.tsx';
import { LoadingCards } from '../../components/loading.tsx';
import styles from '../../entities/allowances/allowances.module.css';
import { useAllowances } from '../../entities/allowances/allowances.ts';
import { allowanceTexts } from '../../entities/allowances/texts.ts';
import { useAmountText } from '../../entities/allowances/use-amount-text.ts';
import { classes } from '../../lib/classes.ts';
import { dayText, inLanguage, priceText } from '../../lib/format.ts';
import { useLanguage, useTexts } from '../../lib/i18n.ts';

/** A day that may lie in another year: `2027年5月22日`. */
const yearDayText = (date: string, language: 'zh' | 'en'): string =>
  new Intl.DateTimeFormat(language === 'zh' ? 'zh-CN' : 'en-US', { dateStyle: 'long', timeZone: 'UTC' }).format(
    new Date(`${date}T00:00:00Z`),
  );

type Props = {
  personId: PersonId;
  /** What staff can do about a part that is not paid. */
  partAction?: (pass: Pass, part: number) => ReactNode;
};

/** Allowances, passes and funds of one person. */
export function PersonAllowances({ personId, partAction }: Props) {
  const t = useTexts(allowanceTexts);
  const language = useLanguage();
  const found = useAllowances(personId);
  if (found.isPending) return <LoadingCards count={2} height={80} />;
  if (found.error) return <Failure error={found.error} onRetry={() => void found.refetch()} />;
  const { allowances, passes, funds } = found.data;
  const until = (date: string) => t('validUntil', { date: yearDayText(date, language) });
  return (
    <>
      <Part title={t('allowances')} empty={t('none')}>
        {allowances.map((one) => (
          <AllowanceCard key={one.rule.ruleId} allowance={one} />
        ))}
      </Part>
      <Part title={t('passes')} empty={t('noPasses')}>
        {passes.map((pass) => (
          <li key={pass.passId} className="card">
            <Text fw={700}>{inLanguage(pass.title, language)}</Text>
            <p className={styles.left}>{t('unitsLeft', { left: pass.left, units: pass.units })}</p>
            <Text size="sm">{until(pass.validUntil)}</Text>
            {pass.parts ? (
              <ol className={classes('plain-list', styles.parts)}>
                {pass.parts.map(({ part, units, priceFen, dueOn, paidAt }) => (
                  <li key={part}>
                    <Text size="sm">
                      {t('part', { part, units, price: priceText(priceFen, language) })} ·{' '}
                      {paidAt ? t('partPaid') : t('partDue', { date: yearDayText(dueOn, language) })}
                    </Text>
                    {paidAt ? null : partAction?.(pass, part)}
                  </li>
                ))}
              </ol>
            ) : null}
          </li>
        ))}
      </Part>
      <Part title={t('funds')} empty={t('noFunds')}>
        {funds.map(({ fundId, funder, leftFen, amountFen, validUntil }) => (
          <li key={fundId} className="card">
            <Text fw={700}>{inLanguage(funder, language)}</Text>
            <p className={styles.left}>
              {t('fundLeft', { left: priceText(leftFen, language), amount: priceText(amountFen, language) })}
            </p>
            <Text size="sm">{until(validUntil)}</Text>
          </li>
        ))}
      </Part>
    </>
  );
}

function Part({ title, empty, children }: { title: string; empty: string; children: ReactNode[] }) {
  return (
    <section className={styles.part}>
      <Title order={2} mb="xs">
        {title}
      </Title>
      {children.length > 0 ? (
        <ul className={classes('plain-list', styles.list)}>{children}</ul>
      ) : (
        <Text c="dimmed">{empty}</Text>
      )}
    </section>
  );
}

function AllowanceCard({ allowance: { rule, used, left, paid, resetsOn } }: { allowance: Allowance }) {
  const t = useTexts(allowanceTexts);
  const language = useLanguage();
  const amount = useAmountText();
  const beyond =
    rule.beyond === 'refuse'
      ? t('beyondNone')
      : t('beyond', { price: priceText(rule.beyond.pricePerHourFen, language) });
  return (
    <li className="card">
      <Text fw={700}>{inLanguage(rule.title, language)}</Text>
      <p className={styles.left}>{t('left', { left: amount(left, rule.unit) })}</p>
      <progress max={Math.max(rule.free, 0.25)} value={Math.min(used, rule.free)} aria-hidden />
      <Text size="sm">
        {t('usedOf', { used: amount(used, rule.unit), free: amount(rule.free, rule.unit) })} ·{' '}
        {t('resets', { date: dayText(resetsOn, language) })}
      </Text>
      {paid > 0 ? <Text size="sm">{t('paid', { paid: amount(paid, rule.unit) })}</Text> : null}
      <Text size="sm">
        {t(`per.${rule.per}`)} · {beyond}
      </Text>
      <Text size="sm" c="dimmed">
        {t('source', { source: rule.source })}
      </Text>
    </li>
  );
}
