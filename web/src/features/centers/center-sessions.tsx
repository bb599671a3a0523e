import { Button, Text } from '@mantine/core';
import { useState } from 'react';
import type { Center } from '../../../../shared/contracts/centers.ts';
import type { Service } from '../../../../shared/contracts/common.ts';
import type { Session } from '../../../../shared/contracts/sessions.ts';
import { addDays, type IsoDate } from '../../../../shared/kernel/days.ts';
import { DateStrip } from '../../components/date-strip.tsx';
import { Empty } from '../../components/empty.tsx';
import { Failure } from '../../components/failure.tsx';
import { LoadingCards } from '../../components/loading.tsx';
import { BasketLink } from '../../entities/basket/basket-link.tsx';
import { SessionCard } from '../../entities/sessions/session-card.tsx';
import { useSessions } from '../../entities/sessions/sessions.ts';
import { classes } from '../../lib/classes.ts';
import { dayText } from '../../lib/format.ts';
import { hasStarted } from '../../lib/has-started.ts';
import { useLanguage, useTexts } from '../../lib/i18n.ts';
import { useCityNow } from '../../lib/today.ts';
import styles from './center.module.css';
import { centerTexts } from './center-texts.ts';
import { ServiceChips } from './service-chips.tsx';

type Props = {
  center: Center;
  today: IsoDate;
  date: IsoDate;
  service: Service | undefined;
  onChange: (part: { date?: IsoDate; service?: Service | undefined }) => void;
};

const WEEK = 7;
const startOfStrip = (today: IsoDate, date: IsoDate): IsoDate => {
  let from = today;
  while (addDays(from, WEEK) <= date) from = addDays(from, WEEK);
  return from;
};

/** A week is asked for at once, so that going from day to day costs no wait. */
export function CenterSessions({ center, today, date, service, onChange }: Props) {
  const t = useTexts(centerTexts);
  const language = useLanguage();
  const [from, setFrom] = useState(() => startOfStrip(today, date));
  const sessions = useSessions(center.centerId, from, WEEK, service);
  const now = useCityNow();
  const isOver = (session: Session) => Number(hasStarted(now, session.date, session.startsAt));
  // What has begun moves to the end: one comes for what can still be booked.
  const ofDay = sessions.data?.filter((session) => session.date === date).toSorted((a, b) => isOver(a) - isOver(b));
  const nextDay = sessions.data?.find((session) => session.date > date)?.date;
  const move = (start: IsoDate) => {
    setFrom(start);
    onChange({ date: start });
  };
  return (
    <section aria-label={t('sessions')}>
      <ServiceChips services={center.services} chosen={service} onChoose={(chosen) => onChange({ service: chosen })} />
      <DateStrip from={from} today={today} value={date} onChange={(day) => onChange({ date: day })} onMove={move} />
      <BasketLink />
      <Text role="status" size="sm" c="dimmed" my="xs">
        {ofDay ? t('shown', { day: dayText(date, language, today), count: ofDay.length }) : ''}
      </Text>
      {sessions.isPending ? <LoadingCards /> : null}
      {sessions.error ? <Failure error={sessions.error} onRetry={() => void sessions.refetch()} /> : null}
      {ofDay && ofDay.length > 0 ? (
        <ul className={classes('plain-list', styles.sessions)}>
          {ofDay.map((session) => (
            <SessionCard key={session.sessionId} session={session} />
          ))}
        </ul>
      ) : null}
      {ofDay?.length === 0 ? (
        <Empty title={t('noSessions')}>
          <Button variant="default" onClick={() => (nextDay ? onChange({ date: nextDay }) : move(addDays(from, WEEK)))}>
            {nextDay ? t('nextDay', { day: dayText(nextDay, language, today) }) : t('nextWeek')}
          </Button>
        </Empty>
      ) : null}
    </section>
  );
}
