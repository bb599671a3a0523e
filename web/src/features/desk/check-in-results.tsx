import { Button, CloseButton } from '@mantine/core';
import { IconAlertTriangle, IconCircleCheckFilled, IconDoorExit, IconLoader2 } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import type { CenterId } from '../../../../shared/contracts/common.ts';
import type { IsoDate } from '../../../../shared/kernel/days.ts';
import { WaiverMissing } from '../../entities/waivers/waiver-missing.tsx';
import { missingWaiversOf } from '../../entities/waivers/waivers.ts';
import { classes } from '../../lib/classes.ts';
import { inLanguage } from '../../lib/format.ts';
import { useLanguage, useTexts } from '../../lib/i18n.ts';
import { ConnectionError, ProblemError } from '../../lib/problem.ts';
import type { Attendance } from './attendance.ts';
import { type AttendanceAnswer, boardInHand } from './board.ts';
import styles from './check-in-bar.module.css';
import { byCodeTexts } from './check-in-texts.ts';
import { nameOfCode } from './codes.ts';

export type Outcome =
  | { state: 'working' }
  | { state: 'done'; answer: AttendanceAnswer }
  | { state: 'refused'; error: Error };
export type Result = { id: string; code: string; to: Attendance } & Outcome;

type Props = {
  centerId: CenterId;
  date: IsoDate;
  results: Result[];
  onAgain: (code: string, to: Attendance) => void;
  onClose: () => void;
};

/** Refusals that leave something to do or to say beside the refusal itself. */
const explained = [
  'code-unknown',
  'code-ambiguous',
  'already-checked-in',
  'not-checked-in',
  'already-checked-out',
  'not-today',
  'room-needs-no-check-in',
] as const;

/** What became of the codes: the latest large and announced, the ones before small, for whoever stands in line. */
export function CheckInResults({ centerId, date, results, onAgain, onClose }: Props) {
  const t = useTexts(byCodeTexts);
  const language = useLanguage();
  const client = useQueryClient();
  const [latest, ...earlier] = results;
  const doneText = ({ answer: { session, seat } }: Extract<Result, { state: 'done' }>) => {
    const where = { time: session.startsAt, title: inLanguage(session.title, language) };
    return {
      who: t(seat.state === 'checked-out' ? 'done.checked-out' : 'done.checked-in', { name: seat.name }),
      where: seat.ageYears === undefined ? t('where', where) : t('whereAge', { ...where, age: seat.ageYears }),
    };
  };
  const refusedText = ({ code, error }: Extract<Result, { state: 'refused' }>) => {
    const name = nameOfCode(boardInHand(client, centerId, date), code);
    const why =
      error instanceof ProblemError
        ? error.text(language)
        : t(error instanceof ConnectionError ? 'connection' : 'unexpected');
    return (name ? t('refusedKnown', { name, code }) : t('refused', { code })) + why;
  };
  const problemCode =
    latest?.state === 'refused' && latest.error instanceof ProblemError ? latest.error.code : undefined;
  const missing = latest?.state === 'refused' ? missingWaiversOf(latest.error) : undefined;
  const next = explained.find((code) => code === problemCode);
  return (
    <div className={styles.results}>
      <div role="status">
        {latest?.state === 'working' ? (
          <p className={styles.result}>
            <IconLoader2 aria-hidden className={styles.working} />
            {t('working', { code: latest.code })}
          </p>
        ) : null}
        {latest?.state === 'done' ? (
          <p className={classes(styles.result, styles[`result-${latest.answer.seat.state}`])}>
            {latest.answer.seat.state === 'checked-out' ? (
              <IconDoorExit aria-hidden />
            ) : (
              <IconCircleCheckFilled aria-hidden />
            )}
            <span>
              <strong>{doneText(latest).who}</strong> <span>{doneText(latest).where}</span>
            </span>
          </p>
        ) : null}
      </div>
      {latest?.state === 'refused' ? (
        <div className={classes(styles.result, styles.refused)} role="alert">
          <IconAlertTriangle aria-hidden />
          <div>
            <strong>{refusedText(latest)}</strong>
            {next ? <p>{t(`next.${next}`)}</p> : null}
            {missing ? (
              <WaiverMissing
                missing={missing}
                name={nameOfCode(boardInHand(client, centerId, date), latest.code) ?? latest.code}
                onSigned={() => onAgain(latest.code, latest.to)}
              />
            ) : null}
            <p className={styles.ways}>
              {next === 'already-checked-in' ? (
                <Button size="sm" variant="default" onClick={() => onAgain(latest.code, 'checked-out')}>
                  {t('checkOutInstead')}
                </Button>
              ) : null}
              {next === 'not-checked-in' ? (
                <Button size="sm" variant="default" onClick={() => onAgain(latest.code, 'checked-in')}>
                  {t('checkInInstead')}
                </Button>
              ) : null}
              {next === undefined ? (
                <Button size="sm" variant="default" onClick={() => onAgain(latest.code, latest.to)}>
                  {t('retry')}
                </Button>
              ) : null}
            </p>
          </div>
        </div>
      ) : null}
      {latest && latest.state !== 'working' ? (
        <CloseButton className={styles.close} aria-label={t('dismiss')} size="lg" onClick={onClose} />
      ) : null}
      {earlier.length > 0 ? (
        <ul className={classes('plain-list', styles.earlier)} aria-label={t('earlier')}>
          {earlier.map((result) => (
            <li key={result.id} className={styles[`result-${result.state}`]}>
              {result.state === 'done' ? doneText(result).who : null}
              {result.state === 'refused' ? refusedText(result) : null}
              {result.state === 'working' ? t('working', { code: result.code }) : null}
            </li>
          ))}
        </ul>
      ) : null}
    </div>
  );
}
