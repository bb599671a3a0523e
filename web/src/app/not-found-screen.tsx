import { Text } from '@mantine/core';
import { ButtonLink } from '../components/links.tsx';
import { PageTitle } from '../components/page-title.tsx';
import { useTexts } from '../lib/i18n.ts';
import { appTexts } from './texts.ts';

export function NotFoundScreen() {
  const t = useTexts(appTexts);
  return (
    <>
      <PageTitle>{t('notFound')}</PageTitle>
      <Text mb="lg">{t('notFoundText')}</Text>
      <ButtonLink to="/">{t('toHome')}</ButtonLink>
    </>
  );
}
