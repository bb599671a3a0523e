import { Text } from '@mantine/core';
import { ButtonLink } from '../components/links.tsx';
import { PageTitle } from '../components/page-title.tsx';
import { useTexts } from '../lib/i18n.ts';
import { Shell } from './layout/shell.tsx';
import { appTexts } from './texts.ts';

export function NotFoundScreen() {
  const t = useTexts(appTexts);
  return (
    <>
      <PageTitle announced>{t('notFound')}</PageTitle>
      <Text mb="lg">{t('notFoundText')}</Text>
      <ButtonLink to="/">{t('toHome')}</ButtonLink>
    </>
  );
}

/** The same for an address that no route knows: there the shell is not around it yet. */
export function NotFoundPage() {
  return (
    <Shell>
      <NotFoundScreen />
    </Shell>
  );
}
