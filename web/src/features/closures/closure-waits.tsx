import { Text, Title } from '@mantine/core';
import { IconPhoneOff } from '@tabler/icons-react';
import type { ClosureReport } from '../../../../shared/contracts/closures.ts';
import { classes } from '../../lib/classes.ts';
import { useTexts } from '../../lib/i18n.ts';
import styles from './closures.module.css';
import { LostWait } from './lost-booking.tsx';
import { closureTexts } from './texts.ts';

/** Who waited for what is shut, and whether they have been told. */
export function ClosureWaits({ report: { line, lineTotals } }: { report: ClosureReport }) {
  const t = useTexts(closureTexts);
  if (line.length === 0) return null;
  const { inLine, waiting, ended, kept, left } = lineTotals;
  const counts = [
    [t('line.ended'), ended],
    [t('line.waiting'), waiting],
    [t('line.kept'), kept],
    [t('line.left'), left],
  ] as const;
  return (
    <section aria-labelledby="closure-line">
      <Title order={2} id="closure-line" mt="xl" mb="xs">
        {t('inLine', { count: inLine })}
      </Title>
      <Text mb="sm">
        {counts.flatMap(([what, count]) => (count > 0 ? t('lineCount', { what, count }) : [])).join(' · ')}
      </Text>
      <ul className={classes('plain-list', styles.rows)}>
        {line.map((row) => (
          <li key={`${row.personId} ${row.date} ${row.startsAt}`} className={styles.row}>
            <div className={styles.rowTop}>
              <LostWait lost={row} />
              {row.noPhone && row.outcome === 'ended' ? (
                <span className={styles.noPhone}>
                  <IconPhoneOff size="1rem" aria-hidden /> {t('noPhone')}
                </span>
              ) : null}
            </div>
            <p className={styles.outcome}>
              <strong>{t(`line.${row.outcome}`)}</strong>
            </p>
          </li>
        ))}
      </ul>
    </section>
  );
}
