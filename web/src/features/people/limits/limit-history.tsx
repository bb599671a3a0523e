import { Text, Title } from '@mantine/core';
import type { CourtLimit } from '../../../../../shared/contracts/people.ts';
import styles from '../../../entities/people/people.module.css';
import { classes } from '../../../lib/classes.ts';
import { instantText } from '../../../lib/format.ts';
import { useLanguage, useTexts } from '../../../lib/i18n.ts';
import { limitTexts } from './texts.ts';

/** Every limit there was on who acts for a child: who set and lifted it, when, on which document. */
export function LimitHistory({ limits }: { limits: CourtLimit[] }) {
  const t = useTexts(limitTexts);
  const language = useLanguage();
  return (
    <>
      <Title order={3}>{t('history')}</Title>
      {limits.length === 0 ? <Text c="dimmed">{t('noHistory')}</Text> : null}
      <ul className={classes('plain-list', styles.reads, styles.limits)}>
        {limits.map(({ limitId, adult, since, setBy, documentNumber, reason, lifted }) => (
          <li key={limitId}>
            <Text fw={600}>{adult.name}</Text>
            <Text size="sm">{t('since', { at: instantText(since, language), by: setBy.name })}</Text>
            <Text size="sm">{t('document', { number: documentNumber })}</Text>
            <Text size="sm">{t('because', { reason })}</Text>
            {lifted ? (
              <>
                <Text size="sm" mt={4}>
                  {t('until', { at: instantText(lifted.at, language), by: lifted.by.name })}
                </Text>
                <Text size="sm">{t('document', { number: lifted.documentNumber })}</Text>
                <Text size="sm">{t('because', { reason: lifted.reason })}</Text>
              </>
            ) : null}
          </li>
        ))}
      </ul>
    </>
  );
}
