import { Button, Text } from '@mantine/core';
import { Fragment } from 'react';
import type { SessionId } from '../../../../shared/contracts/common.ts';
import { type CivilTime, clockTimeOf, type IsoDate } from '../../../../shared/kernel/days.ts';
import { Empty } from '../../components/empty.tsx';
import { deskTexts } from '../../entities/desks/texts.ts';
import { classes } from '../../lib/classes.ts';
import { useTexts } from '../../lib/i18n.ts';
import type { Attempt, AttendanceChange } from './attendance.ts';
import type { BoardSession } from './board.ts';
import { placeOfNow } from './board-rules.ts';
import styles from './board-session.module.css';
import { BoardSessionCard } from './board-session-card.tsx';

type Props = {
  sessions: readonly BoardSession[];
  date: IsoDate;
  now: CivilTime;
  /** Single people are looked for: lists stand open. */
  searching: boolean;
  narrowed: boolean;
  attemptAt: (seat: Omit<AttendanceChange, 'to'>) => Attempt | undefined;
  /** Left out on days other than today. */
  onMark: ((change: AttendanceChange) => void) | undefined;
  onAdd: (sessionId: SessionId) => void;
  onClear: () => void;
};

export function BoardSessions({ sessions, date, now, searching, narrowed, onClear, ...actions }: Props) {
  const t = useTexts(deskTexts);
  const nowAt = placeOfNow(sessions, date, now);
  const nowLine = (
    <li className={styles.now} key="now">
      <span>{t('now', { time: clockTimeOf(now.minutes) })}</span>
    </li>
  );
  if (sessions.length === 0) {
    return narrowed ? (
      <Empty title={t('noneFound')}>
        <Button variant="default" onClick={onClear}>
          {t('clear')}
        </Button>
      </Empty>
    ) : (
      <Empty title={t('noSessions')}>
        <Text>{t('noSessionsText')}</Text>
      </Empty>
    );
  }
  return (
    <section aria-labelledby="desk-sessions">
      <h2 className="visually-hidden" id="desk-sessions">
        {t('sessions')}
      </h2>
      <ol className={classes('plain-list', styles.sessions)}>
        {sessions.map((session, index) => (
          <Fragment key={session.sessionId}>
            {index === nowAt ? nowLine : null}
            <BoardSessionCard session={session} now={now} searching={searching} {...actions} />
          </Fragment>
        ))}
        {nowAt === sessions.length ? nowLine : null}
      </ol>
    </section>
  );
}
