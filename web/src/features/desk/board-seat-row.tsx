import { Button, Text } from '@mantine/core';
import { useRef } from 'react';
import type { BoardSeat } from '../../../../shared/contracts/desk.ts';
import type { Session } from '../../../../shared/contracts/sessions.ts';
import { type CivilTime, minutesOf } from '../../../../shared/kernel/days.ts';
import { deskTexts } from '../../entities/desks/texts.ts';
import { TakeBack } from '../../entities/no-shows/take-back.tsx';
import { WaiverMissing } from '../../entities/waivers/waiver-missing.tsx';
import { missingWaiversOf } from '../../entities/waivers/waivers.ts';
import { classes } from '../../lib/classes.ts';
import { clockOf } from '../../lib/clock-text.ts';
import { durationText } from '../../lib/format.ts';
import { useLanguage, useTexts } from '../../lib/i18n.ts';
import { ConnectionError, ProblemError } from '../../lib/problem.ts';
import type { Attempt, AttendanceChange } from './attendance.ts';
import { whereaboutsIcon } from './board-filters.tsx';
import { canBeMissed, phaseOf, whereaboutsOf } from './board-rules.ts';
import styles from './board-session.module.css';
import { byCodeTexts } from './check-in-texts.ts';
import deskStyles from './desk.module.css';
import { SlipLink } from './slip-link.tsx';

/** The button for leaving stands where the one for coming stood: a second tap this soon means the first one. */
const SAME_TAP_MS = 1_000;

type Props = {
  session: Session;
  seat: BoardSeat;
  now: CivilTime;
  attempt: Attempt | undefined;
  onMark: ((change: AttendanceChange) => void) | undefined;
};

/** One person in one session: where they are, and the one thing that comes next. */
export function BoardSeatRow({ session, seat, now, attempt, onMark }: Props) {
  const t = useTexts(deskTexts);
  const codes = useTexts(byCodeTexts);
  const language = useLanguage();
  const tappedAt = useRef(Number.NEGATIVE_INFINITY);
  const whereabouts = whereaboutsOf(session, seat, now);
  const Icon = whereaboutsIcon[whereabouts];
  const to = seat.state === 'checked-in' ? 'checked-out' : 'checked-in';
  const missed = canBeMissed(session, seat, now);
  const pending = attempt?.pending === true;
  // Once the seat stands where it was to go, by whatever way, the failed attempt is of no interest.
  const tried = attempt?.change.to === 'no-show' ? 'no-show' : to;
  const isDue = attempt?.change.to === to || (attempt?.change.to === 'no-show' && missed);
  const failure = attempt?.error && isDue ? attempt.error : undefined;
  const missing = missingWaiversOf(failure);
  const send = (step: AttendanceChange['to'] = to) =>
    onMark?.({ sessionId: session.sessionId, personId: seat.personId, to: step });
  const tap = (timeStamp: number) => {
    if (pending || timeStamp - tappedAt.current < SAME_TAP_MS) return;
    tappedAt.current = timeStamp;
    send();
  };
  const isMissed = seat.state === 'no-show' || seat.state === 'excused';
  const late = phaseOf(session, now) === 'running' ? now.minutes - minutesOf(session.startsAt) : 0;
  const state = {
    expected: t('expectedAt'),
    missing: isMissed
      ? t(seat.state === 'excused' ? 'excused' : 'noShow')
      : late > 0
        ? t('missingFor', { duration: durationText(late, language) })
        : t('missing'),
    here: seat.checkedInAt ? t('hereSince', { time: clockOf(seat.checkedInAt) }) : t('here'),
    left: seat.checkedOutAt ? t('leftAt', { time: clockOf(seat.checkedOutAt) }) : t('left'),
  }[whereabouts];
  return (
    <li className={classes(styles.seat, styles[`seat-${whereabouts}`], deskStyles[`where-${whereabouts}`])}>
      <Icon className={deskStyles.seatIcon} aria-hidden />
      <div className={styles.seatWho}>
        <p className={styles.seatName}>
          <strong>{seat.name}</strong>
          {seat.ageYears === undefined ? null : <span>{t('age', { age: seat.ageYears })}</span>}
          {seat.byStaff ? <span className={styles.byStaff}>{t('byStaff')}</span> : null}
        </p>
        <p className={styles.seatState}>
          {pending ? t('sending') : state}
          <span className={styles.seatCode}>{t('code', { code: seat.shortCode })}</span>
        </p>
      </div>
      <SlipLink personId={seat.personId} bookingId={seat.bookingId} name={seat.name} />
      {onMark && seat.state !== 'checked-out' && seat.state !== 'excused' ? (
        <Button
          className={styles.seatButton}
          variant={to === 'checked-in' ? 'filled' : 'default'}
          aria-label={t(to === 'checked-in' ? 'checkInOf' : 'checkOutOf', { name: seat.name })}
          aria-disabled={pending}
          onClick={({ timeStamp }) => tap(timeStamp)}
        >
          {t(to === 'checked-in' ? 'checkIn' : 'checkOut')}
        </Button>
      ) : null}
      {onMark && (missed || seat.state === 'no-show') ? (
        <div className={styles.seatMore}>
          {missed ? (
            <Button
              variant="subtle"
              size="sm"
              aria-label={t('markMissedOf', { name: seat.name })}
              aria-disabled={pending}
              onClick={() => {
                if (!pending) send('no-show');
              }}
            >
              {t('markMissed')}
            </Button>
          ) : (
            <TakeBack personId={seat.personId} bookingId={seat.bookingId} name={seat.name} />
          )}
        </div>
      ) : null}
      {failure ? (
        <div className={classes(styles.seatFailure, missing ? styles.seatFailureWide : undefined)} role="alert">
          <Text size="sm">
            {t('notRecorded', { name: seat.name })}{' '}
            {failure instanceof ProblemError
              ? failure.text(language)
              : codes(failure instanceof ConnectionError ? 'connection' : 'unexpected')}
          </Text>
          {missing ? <WaiverMissing missing={missing} name={seat.name} onSigned={() => send()} /> : null}
          <Button size="sm" variant="default" onClick={() => send(tried)}>
            {t('retry')}
          </Button>
        </div>
      ) : null}
    </li>
  );
}
