import { Title } from '@mantine/core';
import type { Session } from '../../../../shared/contracts/sessions.ts';
import { useQuote } from '../../entities/basket/quote.ts';
import { QuoteTotal } from '../../entities/basket/quote-total.tsx';
import type { Beneficiary } from '../../entities/sessions/booking-rules.ts';
import { dayText, priceText } from '../../lib/format.ts';
import { useLanguage, useTexts } from '../../lib/i18n.ts';
import { useCityNow } from '../../lib/today.ts';
import { bookingTexts } from './booking-texts.ts';
import styles from './session.module.css';

type Props = {
  people: Beneficiary[];
  dates: Session[];
  /** A pass or a fund pays: nothing is left to pay. */
  paid?: boolean;
};

/** What will be booked and what it costs, before the button; announced as it changes. */
export function BookingSummary({ people, dates, paid = false }: Props) {
  const t = useTexts(bookingTexts);
  const language = useLanguage();
  const now = useCityNow();
  const places = people.length * dates.length;
  const plainFen = people.length * dates.reduce((sum, { residentPriceFen }) => sum + residentPriceFen, 0);
  const wanted = dates.flatMap(({ sessionId }) =>
    people.map(({ personId }) => ({ sessionId, beneficiaryId: personId })),
  );
  // Families may pay less: the server says what it comes to.
  const quote = useQuote(wanted).data;
  const totalFen = paid ? 0 : quote && places > 0 ? quote.totalFen : plainFen;
  const comma = language === 'zh' ? '、' : ', ';
  return (
    <section aria-labelledby="summary-heading">
      <Title order={2} id="summary-heading" mb="xs">
        {t('summary')}
      </Title>
      <div role="status">
        <p>{people.length > 0 ? people.map(({ name }) => name).join(comma) : t('chooseWho')}</p>
        <p>
          {dates.length > 0
            ? dates.map(({ date, startsAt }) => `${dayText(date, language, now.date)} ${startsAt}`).join(comma)
            : t('chooseDay')}
        </p>
        <p>
          {t('people', { count: people.length })} × {t('sessions', { count: dates.length })} ·{' '}
          {t('places', { count: places })}
        </p>
        {quote && places > 0 && !paid ? <QuoteTotal quote={quote} /> : null}
        {(!quote || paid) && places > 0 ? (
          <p className={styles.total}>
            {t('total')} <strong>{priceText(totalFen, language)}</strong>
          </p>
        ) : null}
      </div>
      {places > 0 ? (
        <p className={styles.hint}>
          {t(paid ? 'paidNote' : totalFen === 0 ? 'freeNote' : 'payNote')} {places > 1 ? t('allOrNone') : ''}
        </p>
      ) : null}
    </section>
  );
}
