import { Alert, Button, Group } from '@mantine/core';
import { useCallback, useState } from 'react';
import type { CenterId } from '../../../../shared/contracts/common.ts';
import { clockTimeOf, type IsoDate } from '../../../../shared/kernel/days.ts';
import { Failure } from '../../components/failure.tsx';
import { LoadingCards } from '../../components/loading.tsx';
import { deskTexts } from '../../entities/desks/texts.ts';
import { classes } from '../../lib/classes.ts';
import { inLanguage } from '../../lib/format.ts';
import { useLanguage, useTexts } from '../../lib/i18n.ts';
import { useCityNow } from '../../lib/today.ts';
import { AddPerson } from './add/add-person.tsx';
import { useAttendance, withAttempts } from './attendance.ts';
import { type AttendanceAnswer, useBoard } from './board.ts';
import { BoardFilters } from './board-filters.tsx';
import { BoardRooms } from './board-rooms.tsx';
import { type Filter, filtered, looksForPeople, noFilter, seatName } from './board-rules.ts';
import { BoardSessions } from './board-sessions.tsx';
import styles from './desk.module.css';
import { useTicks } from './use-ticks.ts';

const TICK_MS = 15_000;
const MS_PER_MINUTE = 60_000;

/** A day of a center: how many, the sessions in order of time with everybody in them, the rooms. */
export function BoardDay({ centerId, date }: { centerId: CenterId; date: IsoDate }) {
  const t = useTexts(deskTexts);
  const language = useLanguage();
  useTicks(TICK_MS);
  const now = useCityNow();
  const board = useBoard(centerId, date);
  const [filter, setFilter] = useState(noFilter);
  const [kept, setKept] = useState<ReadonlySet<string>>(new Set());
  const narrow = (next: Filter) => {
    setFilter(next);
    setKept(new Set());
  };
  const [adding, setAdding] = useState<string>();
  const [said, say] = useState('');
  const sayDone = useCallback(
    ({ session, seat }: AttendanceAnswer) =>
      say(
        t(seat.state === 'checked-in' ? 'saidIn' : seat.state === 'no-show' ? 'saidMissed' : 'saidOut', {
          name: seat.name,
          title: inLanguage(session.title, language),
        }),
      ),
    [t, language],
  );
  const { mark, attemptAt } = useAttendance(centerId, sayDone);
  if (board.isPending) return <LoadingCards count={4} height={148} />;
  if (!board.data) return <Failure error={board.error} onRetry={() => void board.refetch()} />;
  const sessions = withAttempts(board.data.sessions, attemptAt);
  const shown = filtered(sessions, filter, now, kept);
  // By the city's clock, which this device's may differ from.
  const readAt = clockTimeOf(Math.max(0, now.minutes - Math.floor((Date.now() - board.dataUpdatedAt) / MS_PER_MINUTE)));
  const joining = sessions.find(({ sessionId }) => sessionId === adding);
  return (
    <div className={styles.day}>
      <p className="visually-hidden" role="status">
        {said}
      </p>
      <BoardFilters sessions={sessions} shown={shown} now={now} filter={filter} onChange={narrow} />
      {board.error ? (
        <Alert color="lychee" variant="light" role="alert" mb="sm">
          <Group justify="space-between" gap="xs">
            {t('stale', { time: readAt })}
            <Button size="sm" variant="default" loading={board.isFetching} onClick={() => void board.refetch()}>
              {t('refresh')}
            </Button>
          </Group>
        </Alert>
      ) : null}
      <div className={styles.columns}>
        <BoardSessions
          sessions={shown}
          date={date}
          now={now}
          searching={looksForPeople(filter)}
          narrowed={filter !== noFilter}
          attemptAt={attemptAt}
          onMark={
            date === now.date
              ? (change) => {
                  setKept((before) => new Set(before).add(seatName(change.sessionId, change.personId)));
                  mark(change);
                }
              : undefined
          }
          onAdd={setAdding}
          onClear={() => narrow(noFilter)}
        />
        <BoardRooms centerId={centerId} bookings={board.data.roomBookings} date={date} now={now} />
      </div>
      <p className={classes(styles.soft, styles.updated)}>{t('updated', { time: readAt })}</p>
      <AddPerson session={joining} centerId={centerId} now={now} onClose={() => setAdding(undefined)} />
    </div>
  );
}
