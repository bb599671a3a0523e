import { Button, Skeleton } from '@mantine/core';
import type { QuoteItem } from '../../../../shared/contracts/prices.ts';
import type { Session } from '../../../../shared/contracts/sessions.ts';
import { TextLink } from '../../components/links.tsx';
import styles from '../../entities/basket/checkout.module.css';
import { checkoutTexts } from '../../entities/basket/texts.ts';
import { dayText, inLanguage, priceText, timeRange } from '../../lib/format.ts';
import { useLanguage, useTexts } from '../../lib/i18n.ts';
import { useCityNow } from '../../lib/today.ts';

type Props = {
  name: string;
  /** `undefined` while it is on its way, `null` when it is not there any more. */
  session: Session | null | undefined;
  line: QuoteItem | undefined;
  /** Why it cannot be booked as far as one can see. */
  why: string | undefined;
  onRemove: () => void;
};

/** One place of the checkout: what, when, the price with its discounts by name. */
export function CheckoutItem({ name, session, line, why, onRemove }: Props) {
  const t = useTexts(checkoutTexts);
  const language = useLanguage();
  const now = useCityNow();
  const title = session ? inLanguage(session.title, language) : '';
  const day = session ? dayText(session.date, language, now.date) : '';
  const time = session ? timeRange(session.startsAt, session.endsAt) : '';
  return (
    <li className={styles.line}>
      <div className={styles.lineWhat}>
        {session ? (
          <TextLink to="/sessions/$sessionId" params={{ sessionId: session.sessionId }} fw={600}>
            {title}
          </TextLink>
        ) : null}
        {session === null ? <span>{t('gone')}</span> : null}
        {session === undefined ? <Skeleton height="2.75rem" radius="md" /> : null}
        {session ? (
          <span>
            {day} <span className={styles.time}>{time}</span>
          </span>
        ) : null}
        {line?.discounts.map((discount) => (
          <span key={discount.kind} className={styles.discount}>
            {discount.kind === 'sibling'
              ? t('sibling', { percent: discount.percent })
              : t('family-most', { most: priceText(discount.mostFen, language) })}
          </span>
        ))}
        {why ? <strong className={styles.why}>{why}</strong> : null}
      </div>
      <div className={styles.linePrice}>
        {line && line.listFen !== line.priceFen ? (
          <span className={styles.list}>
            <span className="visually-hidden">{t('list', { price: '' })}</span>
            <s>{priceText(line.listFen, language)}</s>
          </span>
        ) : null}
        {line ? <strong>{priceText(line.priceFen, language)}</strong> : null}
        <Button variant="subtle" size="sm" onClick={onRemove} aria-label={t('removeNamed', { name, title, day, time })}>
          {t('remove')}
        </Button>
      </div>
    </li>
  );
}
