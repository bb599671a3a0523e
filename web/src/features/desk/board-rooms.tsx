import type { CenterId } from '../../../../shared/contracts/common.ts';
import type { Board } from '../../../../shared/contracts/desk.ts';
import type { CivilTime, IsoDate } from '../../../../shared/kernel/days.ts';
import { TextLink } from '../../components/links.tsx';
import { deskTexts } from '../../entities/desks/texts.ts';
import { classes } from '../../lib/classes.ts';
import { inLanguage, timeRange } from '../../lib/format.ts';
import { useLanguage, useTexts } from '../../lib/i18n.ts';
import { phaseOf } from './board-rules.ts';
import boardSessionStyles from './board-session.module.css';
import styles from './desk.module.css';
import { SlipLink } from './slip-link.tsx';

type Props = { centerId: CenterId; bookings: Board['roomBookings']; date: IsoDate; now: CivilTime };

/** Who has which room on the day. Nobody checks in to a room: staff open the door. */
export function BoardRooms({ centerId, bookings, date, now }: Props) {
  const t = useTexts(deskTexts);
  const language = useLanguage();
  return (
    <section className={styles.rooms} aria-labelledby="desk-rooms">
      <h2 id="desk-rooms">{t('rooms')}</h2>
      <p>
        <TextLink to="/centers/$centerId/rooms" params={{ centerId }} search={{ date }} size="sm">
          {t('roomsFor')}
        </TextLink>
      </p>
      {bookings.length === 0 ? <p className={styles.soft}>{t('noRooms')}</p> : null}
      <ul className="plain-list">
        {bookings.map(({ bookingId, personId, roomName, startsAt, endsAt, name, purpose, shortCode }) => {
          const phase = phaseOf({ date, startsAt, endsAt }, now);
          return (
            <li key={bookingId} className={classes('card', styles.room, boardSessionStyles[`session-${phase}`])}>
              <div>
                <p className={classes(styles.roomTime, 'numbers')}>
                  <time dateTime={`${date}T${startsAt}`}>{timeRange(startsAt, endsAt)}</time>
                  {phase === 'coming' ? null : (
                    <span className={classes(styles.phase, styles[`phase-${phase}`])}>
                      {t(phase === 'running' ? 'roomRunning' : 'over')}
                    </span>
                  )}
                </p>
                <h3>{inLanguage(roomName, language)}</h3>
                <p>
                  {name}
                  {purpose ? ` · ${purpose}` : ''}
                </p>
                <p className={boardSessionStyles.seatCode}>{t('code', { code: shortCode })}</p>
              </div>
              <SlipLink personId={personId} bookingId={bookingId} name={name} />
            </li>
          );
        })}
      </ul>
    </section>
  );
}
