import { IconBasket } from '@tabler/icons-react';
import { ButtonLink } from '../../components/links.tsx';
import { useTexts } from '../../lib/i18n.ts';
import { useBasket } from './basket.ts';
import { checkoutTexts } from './texts.ts';

/** The way to the checkout, where there is something in the basket. */
export function BasketLink() {
  const t = useTexts(checkoutTexts);
  const { places } = useBasket();
  if (places.length === 0) return null;
  return (
    <ButtonLink variant="light" to="/checkout" leftSection={<IconBasket aria-hidden size={20} />}>
      {t('go', { count: places.length })}
    </ButtonLink>
  );
}
