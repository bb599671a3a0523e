import { Button, Text } from '@mantine/core';
import { PageTitle } from '../components/page-title.tsx';
import { useTexts } from '../lib/i18n.ts';
import { appTexts } from './texts.ts';

/** The last resort: a screen failed to render or its code could not be loaded. */
export function ErrorScreen() {
  const t = useTexts(appTexts);
  return (
    <div role="alert">
      <PageTitle>{t('crashed')}</PageTitle>
      <Text mb="lg">{t('crashedText')}</Text>
      <Button onClick={() => globalThis.location.reload()}>{t('reload')}</Button>
    </div>
  );
}
