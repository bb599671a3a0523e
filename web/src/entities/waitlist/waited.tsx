import { Button, Group, Text } from '@mantine/core';
import { IconUsers } from '@tabler/icons-react';
import type { Session } from '../../../../shared/contracts/sessions.ts';
import type { Waiting } from '../../../../shared/contracts/waitlist.ts';
import { ButtonLink } from '../../components/links.tsx';
import { PageTitle } from '../../components/page-title.tsx';
import { useTexts } from '../../lib/i18n.ts';
import { waitlistTexts } from './texts.ts';
import { WaitingCard } from './waiting-card.tsx';
import styles from './waitlist.module.css';
import { useWaitlists } from './waitlist.ts';

type Props = { waiting: Waiting; session: Session; onMore: () => void };

/** The party is in line: where, and what happens next. The answer says the place, the list a moment later the odds. */
export function Waited({ waiting, session, onMore }: Props) {
  const t = useTexts(waitlistTexts);
  const { sessionId, personId } = waiting;
  const fresh = useWaitlists().data?.find((one) => one.sessionId === sessionId && one.personId === personId);
  return (
    <div style={{ maxWidth: '32rem' }}>
      <div className={styles.waitedHead}>
        <IconUsers aria-hidden stroke={1.5} />
        <div>
          <PageTitle announced mb="0">
            {t('joined')}
          </PageTitle>
          <Text>{t('joinedLead')}</Text>
        </div>
      </div>
      <WaitingCard waiting={fresh ?? { ...waiting, session }} linked={false} heading="h2" />
      <Group mt="lg">
        <ButtonLink to="/bookings">{t('toBookings')}</ButtonLink>
        <Button variant="default" onClick={onMore}>
          {t('another')}
        </Button>
      </Group>
    </div>
  );
}
