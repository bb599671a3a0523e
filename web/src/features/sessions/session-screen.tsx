import { useParams } from '@tanstack/react-router';
import { type ReactNode, useState } from 'react';
import type { RoundId } from '../../../../shared/contracts/rounds.ts';
import type { Session } from '../../../../shared/contracts/sessions.ts';
import { addDays } from '../../../../shared/kernel/days.ts';
import { FailedPage } from '../../components/failed-page.tsx';
import { Failure } from '../../components/failure.tsx';
import { ButtonLink } from '../../components/links.tsx';
import { LoadingPage } from '../../components/loading.tsx';
import { useBookedHere } from '../../entities/bookings/use-booked-here.ts';
import { peopleToBookFor } from '../../entities/people/abilities.ts';
import { useMe } from '../../entities/people/me.ts';
import { useSession, useSessions } from '../../entities/sessions/sessions.ts';
import { Waited } from '../../entities/waitlist/waited.tsx';
import type { Joined } from '../../entities/waitlist/waitlist.ts';
import { classes } from '../../lib/classes.ts';
import { hasStarted } from '../../lib/has-started.ts';
import { useTexts } from '../../lib/i18n.ts';
import { useCityNow } from '../../lib/today.ts';
import { useSignedInPersonId } from '../../lib/tokens.ts';
import { Booked } from './booked.tsx';
import { BookingForm } from './booking-form.tsx';
import { bookingTexts } from './booking-texts.ts';
import styles from './session.module.css';
import { SessionHead } from './session-head.tsx';

/** The API gives at most so many days at once: enough for two weeks of a class. */
const DAYS_AHEAD = 14;

/** One session: what it is, and booking it, alone or with its other dates; `inRound` where a draw gives the places. */
export function SessionScreen({ inRound }: { inRound: (roundId: RoundId) => ReactNode }) {
  const { sessionId } = useParams({ from: '/shell/sessions/$sessionId' });
  const found = useSession(sessionId);
  const now = useCityNow();
  const [waiting, setWaiting] = useState<Joined['waiting']>();
  const { isPending, bookings, show, more, isBack } = useBookedHere();
  if (found.isPending || !now.settled || isPending) return <LoadingPage />;
  if (found.error) return <FailedPage error={found.error} onRetry={() => void found.refetch()} />;
  if (waiting) return <Waited waiting={waiting} session={found.data} onMore={() => setWaiting(undefined)} />;
  if (bookings) return <Booked bookings={bookings} onMore={more} />;
  return (
    <>
      <SessionHead session={found.data} isBack={isBack} />
      {found.data.status === 'allocating' && found.data.roundId ? (
        inRound(found.data.roundId)
      ) : (
        <Door session={found.data} onDone={(done) => (done.waiting ? setWaiting(done.waiting) : show(done.bookings))} />
      )}
    </>
  );
}

/** The form for who has signed in; the way to it for everybody else. */
function Door({ session, onDone }: { session: Session; onDone: (done: Joined) => void }) {
  const t = useTexts(bookingTexts);
  const now = useCityNow();
  const personId = useSignedInPersonId();
  const me = useMe();
  const reach = addDays(now.date, DAYS_AHEAD);
  const from = session.date >= now.date && session.date < reach ? now.date : session.date;
  const siblings = useSessions(session.centerId, from, DAYS_AHEAD);
  if (!personId) {
    return (
      <div className={classes('card', styles.door)}>
        <ButtonLink size="lg" to="/sign-in" search={{ from: `/sessions/${session.sessionId}` }}>
          {t('signIn')}
        </ButtonLink>
        <p>{t('signInNote')}</p>
      </div>
    );
  }
  const error = me.error ?? siblings.error;
  if (error) return <Failure error={error} onRetry={() => void Promise.all([me.refetch(), siblings.refetch()])} />;
  if (!me.data || !siblings.data) return <LoadingPage />;
  const others = siblings.data.filter(
    (other) =>
      other.offeringId === session.offeringId &&
      other.sessionId !== session.sessionId &&
      !hasStarted(now, other.date, other.startsAt),
  );
  const dates = [session, ...others].toSorted((a, b) => (a.date + a.startsAt < b.date + b.startsAt ? -1 : 1));
  return <BookingForm session={session} dates={dates} people={peopleToBookFor(me.data)} now={now} onDone={onDone} />;
}
