import type { CenterId, SessionId } from '../../../../../shared/contracts/common.ts';
import '@mantine/core/styles/InlineInput.layer.css';
import '@mantine/core/styles/Checkbox.layer.css';
import { Button, Checkbox, Stack, Text } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import type { Booking } from '../../../../../shared/contracts/bookings.ts';
import type { Person } from '../../../../../shared/contracts/people.ts';
import type { Session } from '../../../../../shared/contracts/sessions.ts';
import type { CivilTime } from '../../../../../shared/kernel/days.ts';
import { Failure } from '../../../components/failure.tsx';
import styles from '../../../entities/desks/add-person.module.css';
import { addTexts } from '../../../entities/desks/add-texts.ts';
import { PersonRow } from '../../../entities/desks/person-row.tsx';
import { useSessions } from '../../../entities/sessions/sessions.ts';
import { dayText, priceText, timeRange } from '../../../lib/format.ts';
import { useLanguage, useTexts } from '../../../lib/i18n.ts';
import { phaseOf } from '../board-rules.ts';
import { MOST_SESSIONS, whyNotWalkIn } from './add-rules.ts';
import { BookingRefusal } from './booking-refusal.tsx';
import { useDeskBooking } from './desk-booking.ts';

const COMING_DAYS = 14;

type Props = {
  person: Person;
  session: Session;
  centerId: CenterId;
  now: CivilTime;
  withReason: (run: (reason: string) => void) => void;
  onChange: () => void;
  onBooked: (bookings: Booking[]) => void;
};

/** The session of the board is ticked; the coming ones of the same service can be added, as for day care on three days. */
export function BookFor({ person, session, centerId, now, withReason, onChange, onBooked }: Props) {
  const t = useTexts(addTexts);
  const language = useLanguage();
  const heading = useRef<HTMLHeadingElement>(null);
  const refusal = useRef<HTMLDivElement>(null);
  const [chosen, setChosen] = useState([session.sessionId]);
  const [none, setNone] = useState(false);
  const coming = useSessions(centerId, session.date, COMING_DAYS, session.service);
  const others = (coming.data ?? []).filter(
    (it) => it.offeringId === session.offeringId && it.sessionId !== session.sessionId,
  );
  const all = [session, ...others];
  const book = useDeskBooking(centerId);
  useEffect(() => heading.current?.focus(), []);
  useEffect(() => {
    if (book.error) refusal.current?.scrollIntoView({ block: 'nearest' });
  }, [book.error]);
  const toggle = (sessionId: SessionId) => {
    book.reset();
    setNone(false);
    setChosen((before) =>
      before.includes(sessionId) ? before.filter((it) => it !== sessionId) : [...before, sessionId],
    );
  };
  const submit = () => {
    setNone(chosen.length === 0);
    if (chosen.length === 0 || book.isPending) return;
    const sessionIds = all.map(({ sessionId }) => sessionId).filter((it) => chosen.includes(it));
    withReason((reason) =>
      book.mutate(
        { sessionIds, beneficiaryIds: [person.personId], reason },
        { onSuccess: ({ bookings }) => onBooked(bookings) },
      ),
    );
  };
  const totalFen = all.reduce(
    (sum, { sessionId, residentPriceFen }) => sum + (chosen.includes(sessionId) ? residentPriceFen : 0),
    0,
  );
  return (
    <Stack gap="sm">
      <h3 className={styles.heading} tabIndex={-1} ref={heading}>
        {t('person')}
      </h3>
      <div className={styles.chosen}>
        <PersonRow person={person} />
        <Button variant="subtle" size="sm" onClick={onChange}>
          {t('change')}
        </Button>
      </div>
      <fieldset className={styles.sessions}>
        <legend className={styles.heading}>{t('sessions')}</legend>
        <Text size="sm" c="dimmed" mb="xs">
          {coming.data && others.length === 0 ? t('onlyThis') : t('sessionsHint')}
        </Text>
        <div className={styles.dates}>
          {all.map((it) => {
            const why = whyNotWalkIn(it, now);
            const isChosen = chosen.includes(it.sessionId);
            const left = t('left', { count: it.placesLeft });
            const running = phaseOf(it, now) === 'running' ? `${t('running')} · ` : '';
            return (
              <Checkbox
                key={it.sessionId}
                label={`${dayText(it.date, language, now.date)} ${timeRange(it.startsAt, it.endsAt)}`}
                description={why ? t(`state.${why}`) : running + left}
                checked={isChosen}
                disabled={!isChosen && (why !== undefined || chosen.length >= MOST_SESSIONS)}
                onChange={() => toggle(it.sessionId)}
              />
            );
          })}
        </div>
        <div role="alert">{none ? <p className={styles.error}>{t('sessionMissing')}</p> : null}</div>
      </fieldset>
      {coming.error ? <Failure error={coming.error} onRetry={() => void coming.refetch()} /> : null}
      <div ref={refusal} className={styles.refusal}>
        {book.error ? (
          <BookingRefusal
            error={book.error}
            sessions={all}
            several={chosen.length > 1}
            today={now.date}
            onRetry={submit}
            onLeaveOut={toggle}
          />
        ) : null}
      </div>
      <div className={styles.confirm}>
        <p className={styles.total}>
          {t('total')} <strong>{priceText(totalFen, language)}</strong>
        </p>
        <Button size="lg" loading={book.isPending} onClick={submit}>
          {t('book', { count: chosen.length })}
        </Button>
      </div>
    </Stack>
  );
}
