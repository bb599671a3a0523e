import { Button, Text, Title } from '@mantine/core';
import { useState } from 'react';
import type { Feed } from '../../../../shared/contracts/calendars.ts';
import { ConfirmDialog } from '../../components/confirm-dialog.tsx';
import { Failure } from '../../components/failure.tsx';
import { LoadingCards } from '../../components/loading.tsx';
import { classes } from '../../lib/classes.ts';
import { instantText } from '../../lib/format.ts';
import { useLanguage, useTexts } from '../../lib/i18n.ts';
import styles from './calendars.module.css';
import { useFeeds, useRevokeFeed } from './feeds.ts';
import { calendarTexts } from './texts.ts';
import { useFeedName } from './use-feed-name.ts';

/** One's feeds, each with its end. */
export function FeedList() {
  const t = useTexts(calendarTexts);
  const feeds = useFeeds();
  const revoke = useRevokeFeed();
  const [ending, setEnding] = useState<Feed>();
  return (
    <section aria-labelledby="feeds-heading">
      <Title order={2} id="feeds-heading" mb="sm">
        {t('mine')}
      </Title>
      <div role="status">{revoke.isSuccess ? <Text fw={600}>{t('revoked')}</Text> : null}</div>
      {feeds.isPending ? <LoadingCards count={1} height={64} /> : null}
      {feeds.error ? <Failure error={feeds.error} onRetry={() => void feeds.refetch()} /> : null}
      {feeds.data?.length === 0 ? <Text c="dimmed">{t('none')}</Text> : null}
      <ul className={classes('plain-list', styles.feeds)}>
        {feeds.data?.map((feed) => (
          <FeedRow key={feed.feedId} feed={feed} onRevoke={() => setEnding(feed)} />
        ))}
      </ul>
      <ConfirmDialog
        opened={ending !== undefined}
        title={t('revokeTitle')}
        yes={t('revokeYes')}
        no={t('revokeNo')}
        pending={revoke.isPending}
        error={revoke.error}
        onYes={() => ending && revoke.mutate(ending, { onSuccess: () => setEnding(undefined) })}
        onClose={() => setEnding(undefined)}
      >
        <Text>{t('revokeText')}</Text>
      </ConfirmDialog>
    </section>
  );
}

function FeedRow({ feed, onRevoke }: { feed: Feed; onRevoke: () => void }) {
  const t = useTexts(calendarTexts);
  const language = useLanguage();
  const name = useFeedName(feed);
  return (
    <li className={classes('card', styles.feed)}>
      <div>
        <Text fw={600}>{name}</Text>
        <Text size="sm" c="dimmed">
          {t('since', { time: instantText(feed.createdAt, language) })}
        </Text>
      </div>
      <Button variant="default" size="sm" aria-label={t('revokeOf', { name })} onClick={onRevoke}>
        {t('revoke')}
      </Button>
    </li>
  );
}
