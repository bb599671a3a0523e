import { Group, Text } from '@mantine/core';
import { defineTexts, useTexts } from '../lib/i18n.ts';
import { isProblem } from '../lib/problem.ts';
import { Failure } from './failure.tsx';
import { ButtonLink } from './links.tsx';
import { PageTitle } from './page-title.tsx';

const texts = defineTexts('failed-page', {
  zh: {
    missing: '没有找到',
    missingText: '可能地址有误，内容已不存在，或当前账户不能查看。',
    failed: '暂时打不开',
    toHome: '回到首页',
    toBookings: '查看我的预约',
  },
  en: {
    missing: 'Not found',
    missingText: 'The address may be mistyped, it may be gone, or this account may not see it.',
    failed: 'This cannot be shown right now',
    toHome: 'Go to the home page',
    toBookings: 'My bookings',
  },
});

/** There is nothing at this address, or nothing for who has signed in: under a title, with the ways on from here. */
export function MissingPage() {
  const t = useTexts(texts);
  return (
    <>
      <PageTitle announced mb="xs">
        {t('missing')}
      </PageTitle>
      <Text mb="lg">{t('missingText')}</Text>
      <Group>
        <ButtonLink to="/">{t('toHome')}</ButtonLink>
        <ButtonLink variant="default" to="/bookings">
          {t('toBookings')}
        </ButtonLink>
      </Group>
    </>
  );
}

/** In the place of a whole screen that cannot be shown. */
export function FailedPage({ error, onRetry }: { error: Error; onRetry: () => void }) {
  const t = useTexts(texts);
  if (isProblem(error, 'not-found', 'no-authority')) return <MissingPage />;
  return (
    <>
      <PageTitle announced>{t('failed')}</PageTitle>
      <Failure error={error} onRetry={onRetry} />
    </>
  );
}
