import { Text } from '@mantine/core';
import { Empty } from '../../components/empty.tsx';
import { ButtonLink } from '../../components/links.tsx';
import { PageTitle } from '../../components/page-title.tsx';
import { useTexts } from '../../lib/i18n.ts';
import { deskTexts } from './texts.ts';

export function NoDesk() {
  const t = useTexts(deskTexts);
  return (
    <>
      <PageTitle>{t('title')}</PageTitle>
      <Empty title={t('noDesk')}>
        <Text>{t('noDeskText')}</Text>
        <ButtonLink to="/">{t('toHome')}</ButtonLink>
      </Empty>
    </>
  );
}
