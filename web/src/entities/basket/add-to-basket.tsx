import { Button, Stack, Text } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import { useTexts } from '../../lib/i18n.ts';
import { type Place, useBasket } from './basket.ts';
import { BasketLink } from './basket-link.tsx';
import { checkoutTexts } from './texts.ts';

/** Keeps what is chosen, to book it together with something else. */
export function AddToBasket({ places, onAdded }: { places: Place[]; onAdded: () => void }) {
  const t = useTexts(checkoutTexts);
  const basket = useBasket();
  const [added, setAdded] = useState(false);
  const fits = basket.takes(places);
  const outcome = useRef<HTMLDivElement>(null);
  // The button goes away with what was chosen.
  useEffect(() => {
    if (added && places.length === 0) outcome.current?.focus();
  }, [added, places.length]);
  return (
    <Stack gap="xs" align="stretch">
      {places.length > 0 && fits ? (
        <Button
          variant="default"
          onClick={() => {
            basket.add(places);
            setAdded(true);
            onAdded();
          }}
        >
          {t('add')}
        </Button>
      ) : null}
      {places.length > 0 && !fits ? <Text size="sm">{t('tooMany')}</Text> : null}
      <div role="status" ref={outcome} tabIndex={-1}>
        {added && basket.places.length > 0 ? (
          <Text size="sm">{t('added', { count: basket.places.length })}</Text>
        ) : null}
      </div>
      <BasketLink />
    </Stack>
  );
}
