import { Text } from '@mantine/core';
import { IconPhoneOff } from '@tabler/icons-react';
import { useState } from 'react';
import type { ClosureReport, ClosureRow } from '../../../../shared/contracts/closures.ts';
import { classes } from '../../lib/classes.ts';
import { instantText } from '../../lib/format.ts';
import { useLanguage, useTexts } from '../../lib/i18n.ts';
import styles from './closures.module.css';
import { LostBooking, OtherPlace } from './lost-booking.tsx';
import { closureTexts } from './texts.ts';
import { amountText } from './words.ts';

const groups = ['waiting', 'offered', 'moved', 'refunded', 'kept', 'ended'] as const;
type Filter = (typeof groups)[number] | 'all' | 'calls';

const refunded: readonly string[] = ['declined', 'lapsed', 'none'];
const isIn = (row: ClosureRow, filter: Filter): boolean => {
  if (filter === 'all') return true;
  if (filter === 'calls') return row.noPhone;
  return filter === 'refunded' ? refunded.includes(row.outcome) : row.outcome === filter;
};

/** Everybody affected with what became of them; each number narrows the list, one of them to those who must be called on. */
export function ClosureRows({ report: { rows, totals } }: { report: ClosureReport }) {
  const t = useTexts(closureTexts);
  const [filter, setFilter] = useState<Filter>('all');
  const calls = rows.filter(({ noPhone }) => noPhone).length;
  const counts: [Filter, number, string][] = [
    ['all', totals.affected, t('all')],
    ...groups.map((group): [Filter, number, string] => [group, totals[group], t(`outcome.${group}`)]),
    ['calls', calls, t('calls')],
  ];
  const shown = rows.filter((row) => isIn(row, filter));
  return (
    <>
      <fieldset className={styles.filters}>
        <legend className="visually-hidden">{t('filter')}</legend>
        {counts
          .filter(([name, count]) => count > 0 || name === 'all' || name === filter)
          .map(([name, count, label]) => (
            <button key={name} type="button" aria-pressed={filter === name} onClick={() => setFilter(name)}>
              <strong className="numbers">{count}</strong> {label}
            </button>
          ))}
      </fieldset>
      {filter === 'calls' ? (
        <Text size="sm" mb="sm">
          {t('callsHint')}
        </Text>
      ) : null}
      {shown.length === 0 ? <Text c="dimmed">{t('emptyFilter')}</Text> : null}
      <ul className={classes('plain-list', styles.rows)}>
        {shown.map((row) => (
          <Row key={row.bookingId} row={row} />
        ))}
      </ul>
    </>
  );
}

function Row({ row }: { row: ClosureRow }) {
  const t = useTexts(closureTexts);
  const language = useLanguage();
  const { outcome, offer, noPhone, refundFen } = row;
  const isBack = refunded.includes(outcome);
  return (
    <li className={classes(styles.row, styles[`row-${isBack ? 'refunded' : outcome}`])} data-outcome={outcome}>
      <div className={styles.rowTop}>
        <LostBooking lost={row} />
        {noPhone ? (
          <span className={styles.noPhone}>
            <IconPhoneOff size="1rem" aria-hidden /> {t('noPhone')}
          </span>
        ) : null}
      </div>
      {offer && (outcome === 'offered' || outcome === 'moved') ? (
        <OtherPlace place={offer} label={t('wouldGet')} />
      ) : null}
      <p className={styles.outcome}>
        <strong>{t(`outcome.${outcome}`)}</strong>
        {outcome === 'offered' && offer ? ` · ${t('until', { time: instantText(offer.until, language) })}` : ''}
        {isBack && refundFen > 0 ? ` · ${t('refund', { amount: amountText(refundFen) })}` : ''}
      </p>
    </li>
  );
}
