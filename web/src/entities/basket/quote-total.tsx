import type { QuoteView } from '../../../../shared/contracts/prices.ts';
import { priceText } from '../../lib/format.ts';
import { useLanguage, useTexts } from '../../lib/i18n.ts';
import styles from './checkout.module.css';
import { checkoutTexts } from './texts.ts';

/** The total, and how it comes about where a family pays less. */
export function QuoteTotal({ quote }: { quote: QuoteView }) {
  const t = useTexts(checkoutTexts);
  const language = useLanguage();
  const listFen = quote.lines.reduce((sum, line) => sum + line.listFen, 0);
  const offFen = listFen - quote.totalFen;
  return (
    <dl className={styles.total}>
      {offFen > 0 ? (
        <>
          <div>
            <dt>{t('sum')}</dt>
            <dd>{priceText(listFen, language)}</dd>
          </div>
          <div>
            <dt>{t('discount')}</dt>
            <dd>−{priceText(offFen, language)}</dd>
          </div>
        </>
      ) : null}
      <div className={styles.totalPay}>
        <dt>{t('total')}</dt>
        <dd>{priceText(quote.totalFen, language)}</dd>
      </div>
    </dl>
  );
}
