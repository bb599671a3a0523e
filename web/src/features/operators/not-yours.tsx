import { Text } from '@mantine/core';
import { Empty } from '../../components/empty.tsx';
import { ButtonLink } from '../../components/links.tsx';
import { PageTitle } from '../../components/page-title.tsx';
import { useTexts } from '../../lib/i18n.ts';
import { operatorTexts } from './texts.ts';

export function NotYours() {
  const t = useTexts(operatorTexts);
  return (
    <>
      <PageTitle>{t('title')}</PageTitle>
      <Empty title={t('notYours')}>
        <Text>{t('notYoursText')}</Text>
        <ButtonLink to="/">{t('toHome')}</ButtonLink>
      </Empty>
    </>
  );
}
