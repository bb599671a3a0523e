import { Button, Group, Text } from '@mantine/core';
import { IconUsers } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import type { Waiting } from '../../../../shared/contracts/waitlist.ts';
import { ConfirmDialog } from '../../components/confirm-dialog.tsx';
import { classes } from '../../lib/classes.ts';
import { dayText, inLanguage, timeRange } from '../../lib/format.ts';
import { useLanguage, useTexts } from '../../lib/i18n.ts';
import { useCityNow } from '../../lib/today.ts';
import { useMe } from '../people/me.ts';
import { waitlistTexts } from './texts.ts';
import styles from './waitlist.module.css';
import { useLeaveWaitlist } from './waitlist.ts';

type Props = {
  waiting: Waiting;
  linked?: boolean;
  /** Where no heading of a section stands above it. */
  heading?: 'h2' | 'h3';
};

/** A place in line: where, who, how far from the front, how likely, and the way out. */
export function WaitingCard({ waiting, linked = true, heading: Heading = 'h3' }: Props) {
  const t = useTexts(waitlistTexts);
  const language = useLanguage();
  const now = useCityNow();
  const me = useMe().data;
  const leave = useLeaveWaitlist();
  const [asking, setAsking] = useState(false);
  const { session, position, inLine, number, odds, party } = waiting;
  const names = party.flatMap((id) => me?.actsFor.find(({ personId }) => personId === id)?.name ?? []);
  const title = session ? inLanguage(session.title, language) : waiting.sessionId;
  return (
    <div className={classes('card', styles.waitingCard)}>
      <p className={styles.waitingMark}>
        <IconUsers aria-hidden /> {t('inLine')}
      </p>
      <Heading>
        {linked ? (
          <Link to="/sessions/$sessionId" params={{ sessionId: waiting.sessionId }}>
            {title}
          </Link>
        ) : (
          title
        )}
      </Heading>
      {session ? (
        <p>
          {dayText(session.date, language, now.date)} {timeRange(session.startsAt, session.endsAt)}
        </p>
      ) : null}
      {names.length > 0 ? (
        <p>{t('together', { count: names.length, names: names.join(language === 'zh' ? '、' : ', ') })}</p>
      ) : null}
      <p className={styles.waitingPlace}>
        <strong>
          {position === 1 ? t('next') : t('positionOf', { position, inLine: Math.max(position, inLine) })}
        </strong>
        {number === undefined ? null : <span>{t('number', { number })}</span>}
      </p>
      <p>
        {t('odds')}
        <strong>{t(`odds.${odds}`)}</strong>
        <br />
        <Text span size="sm" c="dimmed">
          {t(`oddsFrom.${odds}`)}
        </Text>
      </p>
      {waiting.payWith ? <p>{t('passPays')}</p> : null}
      <Group>
        <Button variant="default" size="sm" onClick={() => setAsking(true)}>
          {t('leave')}
        </Button>
      </Group>
      <ConfirmDialog
        opened={asking}
        title={t('leaveTitle')}
        yes={t('leaveYes')}
        no={t('leaveNo')}
        pending={leave.isPending}
        error={leave.error}
        onYes={() => leave.mutate(waiting, { onSuccess: () => setAsking(false) })}
        onClose={() => setAsking(false)}
      >
        <Text>{t('leaveText')}</Text>
      </ConfirmDialog>
    </div>
  );
}
