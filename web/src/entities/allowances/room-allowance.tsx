import { Text } from '@mantine/core';
import { classes } from '../../lib/classes.ts';
import { dayText, inLanguage, priceText } from '../../lib/format.ts';
import { useLanguage, useTexts } from '../../lib/i18n.ts';
import styles from './allowances.module.css';
import type { Beyond } from './room-price.ts';
import { allowanceTexts } from './texts.ts';
import { useAmountText } from './use-amount-text.ts';

/** What is left of the free hours of a room, and what this booking takes beyond them. */
export function RoomAllowance({ beyond }: { beyond: readonly Beyond[] }) {
  const t = useTexts(allowanceTexts);
  const language = useLanguage();
  const amount = useAmountText();
  return (
    <ul className={classes('plain-list', styles.roomAllowance)} aria-live="polite">
      {beyond.map(({ allowance: { rule, left, resetsOn }, overHours, priceFen, refused }) => {
        const hours = amount(overHours, rule.unit);
        const rate = rule.beyond === 'refuse' ? '' : priceText(rule.beyond.pricePerHourFen, language);
        return (
          <li key={rule.ruleId}>
            <Text size="sm">
              {t('roomLeft', { title: inLanguage(rule.title, language), left: amount(left, rule.unit) })}
            </Text>
            {overHours > 0 ? (
              <Text size="sm" fw={600} {...(refused ? { c: 'lychee' } : {})}>
                {refused
                  ? t('roomOver', { hours, date: dayText(resetsOn, language) })
                  : t('roomPrice', { hours, rate, price: priceText(priceFen, language) })}
              </Text>
            ) : null}
          </li>
        );
      })}
    </ul>
  );
}
