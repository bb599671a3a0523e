import { Skeleton, Stack } from '@mantine/core';
import { defineTexts, useTexts } from '../lib/i18n.ts';

const texts = defineTexts('loading', { zh: { loading: '正在加载…' }, en: { loading: 'Loading…' } });

/** The shape of what is coming: `count` cards. Says so once to screen readers. */
export function LoadingCards({ count = 3, height = 96 }: { count?: number; height?: number }) {
  const t = useTexts(texts);
  return (
    <Stack gap="sm" role="status">
      <span className="visually-hidden">{t('loading')}</span>
      {Array.from({ length: count }, (_, index) => `card-${index}`).map((key) => (
        <Skeleton key={key} height={height} radius="lg" />
      ))}
    </Stack>
  );
}

export function LoadingPage() {
  return (
    <Stack gap="lg">
      <Skeleton height={36} width="60%" radius="md" />
      <LoadingCards />
    </Stack>
  );
}
