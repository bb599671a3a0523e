import { Button } from '@mantine/core';
import { IconChevronDown, IconUserPlus } from '@tabler/icons-react';
import { useState } from 'react';
import type { SessionId } from '../../../../shared/contracts/common.ts';
import type { CivilTime } from '../../../../shared/kernel/days.ts';
import { ButtonLink } from '../../components/links.tsx';
import { ServiceIcon } from '../../components/service-icon.tsx';
import serviceTintStyles from '../../components/service-tint.module.css';
import { useCenter } from '../../entities/centers/centers.ts';
import { deskTexts } from '../../entities/desks/texts.ts';
import { PlacesBar } from '../../entities/sessions/places-bar.tsx';
import { classes } from '../../lib/classes.ts';
import { inLanguage } from '../../lib/format.ts';
import { useLanguage, useTexts } from '../../lib/i18n.ts';
import type { Attempt, AttendanceChange } from './attendance.ts';
import type { BoardSession } from './board.ts';
import { countsOf, phaseOf, whereaboutsList } from './board-rules.ts';
import { BoardSeatRow } from './board-seat-row.tsx';
import styles from './board-session.module.css';
import deskStyles from './desk.module.css';

type Props = {
  session: BoardSession;
  now: CivilTime;
  searching: boolean;
  attemptAt: (seat: Omit<AttendanceChange, 'to'>) => Attempt | undefined;
  onMark: ((change: AttendanceChange) => void) | undefined;
  onAdd: (sessionId: SessionId) => void;
};

/** One session. Its list stands open unless it is over and everybody has gone; what one opens or closes stays so. */
export function BoardSessionCard({ session, now, searching, attemptAt, onMark, onAdd }: Props) {
  const t = useTexts(deskTexts);
  const language = useLanguage();
  const [chosen, setOpen] = useState<boolean>();
  const rooms = useCenter(session.centerId).data?.rooms;
  const { sessionId, seats, startsAt, endsAt } = session;
  const phase = phaseOf(session, now);
  const counts = countsOf([session], now);
  const isOpen = searching || (chosen ?? (phase !== 'over' || counts.here > 0));
  const title = inLanguage(session.title, language);
  const room = rooms?.find(({ roomId }) => roomId === session.roomId);
  const taken = session.capacity - session.placesLeft;
  const listId = `seats-${sessionId.replaceAll('.', '-')}`;
  return (
    <li
      className={classes(
        'card',
        styles.session,
        styles[`session-${phase}`],
        serviceTintStyles[`tint-${session.service}`],
      )}
    >
      <div className={styles.sessionHead}>
        <div className={styles.sessionTime}>
          <time dateTime={`${session.date}T${startsAt}`}>{startsAt}</time>
          <span>{endsAt}</span>
        </div>
        <div className={styles.sessionWhat}>
          <h3>
            <ServiceIcon service={session.service} size={26} />
            <span>{title}</span>
            {phase === 'coming' ? null : (
              <span className={classes(deskStyles.phase, deskStyles[`phase-${phase}`])}>{t(phase)}</span>
            )}
            {session.status === 'closed' ? <span className={deskStyles.phase}>{t('closed')}</span> : null}
          </h3>
          <p className={deskStyles.soft}>
            {inLanguage(session.providerName, language)}
            {room ? ` · ${inLanguage(room.name, language)}` : ''}
          </p>
        </div>
        <div className={styles.sessionPlaces}>
          <PlacesBar taken={taken} capacity={session.capacity} />
          {searching ? null : (
            <p className={classes(deskStyles.soft, styles.sessionCounts)}>
              {whereaboutsList
                .filter((it) => counts[it] > 0)
                .map((it) => `${t(`whereabouts.${it}`)} ${counts[it]}`)
                .join(' · ') || t('nobody')}
            </p>
          )}
        </div>
        <div className={styles.sessionActions}>
          {session.waiting > 0 ? (
            <ButtonLink
              variant="subtle"
              size="sm"
              to="/desk/$centerId/waitlist/$sessionId"
              params={{ centerId: session.centerId, sessionId }}
            >
              {t('waitlist', { count: session.waiting })}
            </ButtonLink>
          ) : null}
          {phase === 'over' || session.status === 'closed' || session.placesLeft <= 0 ? null : (
            <Button
              variant="light"
              size="sm"
              leftSection={<IconUserPlus size="1.125rem" aria-hidden />}
              aria-label={t('addTo', { time: startsAt, title })}
              onClick={() => onAdd(sessionId)}
            >
              {t('addPerson')}
            </Button>
          )}
          <ButtonLink
            variant="subtle"
            size="sm"
            to="/series/new"
            search={{ offering: session.offeringId, date: session.date, startsAt, desk: true }}
            aria-label={`${t('repeatFor')}: ${startsAt} ${title}`}
          >
            {t('repeat')}
          </ButtonLink>
          {seats.length > 0 && !searching ? (
            <button
              type="button"
              className={styles.fold}
              aria-expanded={isOpen}
              aria-controls={listId}
              aria-label={`${t('expand')}: ${startsAt} ${title}`}
              onClick={() => setOpen(!isOpen)}
            >
              <IconChevronDown aria-hidden />
            </button>
          ) : null}
        </div>
      </div>
      <ul className={classes('plain-list', styles.seats)} id={listId} hidden={!isOpen || seats.length === 0}>
        {seats.map((seat) => (
          <BoardSeatRow
            key={seat.personId}
            session={session}
            seat={seat}
            now={now}
            attempt={attemptAt({ sessionId, personId: seat.personId })}
            onMark={onMark}
          />
        ))}
      </ul>
    </li>
  );
}
