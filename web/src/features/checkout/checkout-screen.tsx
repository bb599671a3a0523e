import { Button } from '@mantine/core';
import { useQueries } from '@tanstack/react-query';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import type { Booking } from '../../../../shared/contracts/bookings.ts';
import type { PersonId } from '../../../../shared/contracts/common.ts';
import type { Session } from '../../../../shared/contracts/sessions.ts';
import { ActionButton } from '../../components/action-button.tsx';
import { Empty } from '../../components/empty.tsx';
import { Failure } from '../../components/failure.tsx';
import { ButtonLink } from '../../components/links.tsx';
import { LoadingPage } from '../../components/loading.tsx';
import { PageTitle } from '../../components/page-title.tsx';
import { type Place, samePlace, useBasket } from '../../entities/basket/basket.ts';
import styles from '../../entities/basket/checkout.module.css';
import { useQuote } from '../../entities/basket/quote.ts';
import { QuoteTotal } from '../../entities/basket/quote-total.tsx';
import { checkoutTexts } from '../../entities/basket/texts.ts';
import { useBookSessions } from '../../entities/bookings/book-sessions.ts';
import { useBookedHere } from '../../entities/bookings/use-booked-here.ts';
import { peopleToBookFor } from '../../entities/people/abilities.ts';
import { useMe } from '../../entities/people/me.ts';
import { whyNotPerson, whyNotSession } from '../../entities/sessions/booking-rules.ts';
import { sessionQuery } from '../../entities/sessions/sessions.ts';
import { classes } from '../../lib/classes.ts';
import { useTexts } from '../../lib/i18n.ts';
import { isProblem } from '../../lib/problem.ts';
import { useCityNow } from '../../lib/today.ts';
import { CheckoutItem } from './checkout-item.tsx';
import { CheckoutRefused } from './checkout-refused.tsx';

type Props = { booked: (bookings: Booking[], onMore: () => void) => ReactNode };

/** Everything in the basket, child by child, with what it costs together; one confirmation for all of it, then `booked`. */
export function CheckoutScreen({ booked }: Props) {
  const t = useTexts(checkoutTexts);
  const basket = useBasket();
  const { isPending, bookings, show, more, isBack } = useBookedHere();
  const [removals, setRemovals] = useState(0);
  const outcome = useRef<HTMLDivElement>(null);
  // The button that was pressed goes away with its line.
  useEffect(() => {
    if (removals > 0) outcome.current?.focus();
  }, [removals]);
  if (isPending) return <LoadingPage />;
  if (bookings) return booked(bookings, more);
  return (
    <>
      <PageTitle mb="xs" announced={isBack}>
        {t('title')}
      </PageTitle>
      <p className={styles.lead}>{t('lead')}</p>
      <div role="status" ref={outcome} tabIndex={-1}>
        {removals > 0 ? t('removed') : ''}
      </div>
      {basket.places.length === 0 ? (
        <Empty title={t('emptyTitle')}>
          <p>{t('emptyText')}</p>
          <ButtonLink to="/">{t('find')}</ButtonLink>
        </Empty>
      ) : (
        <Checkout places={basket.places} onBooked={show} onRemoved={() => setRemovals(removals + 1)} />
      )}
    </>
  );
}

type CheckoutProps = { places: Place[]; onBooked: (bookings: Booking[]) => void; onRemoved: () => void };

function Checkout({ places, onBooked, onRemoved }: CheckoutProps) {
  const t = useTexts(checkoutTexts);
  const basket = useBasket();
  const now = useCityNow();
  const me = useMe();
  const ids = [...new Set(places.map(({ sessionId }) => sessionId))];
  const found = useQueries({ queries: ids.map((sessionId) => sessionQuery(sessionId)) });
  const quote = useQuote(places);
  const book = useBookSessions();
  if (me.error) return <Failure error={me.error} onRetry={() => void me.refetch()} />;
  if (!me.data || !now.settled) return <LoadingPage />;
  const people = peopleToBookFor(me.data);
  const nameOf = (personId: PersonId) => people.find((person) => person.personId === personId)?.name ?? '';
  const sessions = new Map<string, Session>(
    ids.flatMap((id, index) => {
      const session = found[index]?.data;
      return session ? [[id, session]] : [];
    }),
  );
  const isGone = (id: string) => isProblem(found[ids.indexOf(id)]?.error, 'not-found');
  const whyNot = ({ sessionId, beneficiaryId }: Place): string | undefined => {
    const session = sessions.get(sessionId);
    const person = people.find(({ personId }) => personId === beneficiaryId);
    if (!session || !person) return undefined;
    const party = places.filter((place) => place.sessionId === sessionId).length;
    const why = whyNotPerson(person, session) ?? whyNotSession(session, party, now);
    return why ? t(`why.${why}`) : undefined;
  };
  const remove = (gone: Place[]) => {
    book.reset();
    onRemoved();
    basket.remove(gone);
  };
  const submit = () => {
    if (book.isPending) return;
    book.mutate(
      { places },
      {
        onSuccess: ({ bookings }) => {
          onBooked(bookings);
          basket.clear();
        },
      },
    );
  };
  return (
    <div className={styles.checkout}>
      <div className={styles.people}>
        {[...Map.groupBy(places, ({ beneficiaryId }) => beneficiaryId)].map(([personId, own]) => (
          <section key={personId} className={classes('card', styles.person)} aria-label={nameOf(personId)}>
            <h2>{nameOf(personId)}</h2>
            <ul className="plain-list">
              {own
                .toSorted((a, b) => (whenOf(sessions, a) < whenOf(sessions, b) ? -1 : 1))
                .map((place) => (
                  <CheckoutItem
                    key={place.sessionId}
                    name={nameOf(personId)}
                    session={isGone(place.sessionId) ? null : sessions.get(place.sessionId)}
                    line={quote.data?.lines.find((line) =>
                      samePlace(place, { sessionId: line.sessionId, beneficiaryId: line.personId }),
                    )}
                    why={whyNot(place)}
                    onRemove={() => remove([place])}
                  />
                ))}
            </ul>
          </section>
        ))}
      </div>
      <div className={styles.summary}>
        {quote.data ? <QuoteTotal quote={quote.data} /> : null}
        {quote.error && !book.error ? <Failure error={quote.error} onRetry={() => void quote.refetch()} /> : null}
        <p className={styles.hint}>
          {quote.data?.totalFen === 0 ? t('freeNote') : t('payNote')} {t('allOrNone')}
        </p>
        {book.error ? (
          <CheckoutRefused
            error={book.error}
            places={places}
            sessions={sessions}
            nameOf={nameOf}
            onRetry={submit}
            onRemove={remove}
          />
        ) : null}
        <ActionButton size="lg" fullWidth pending={book.isPending} onClick={submit}>
          {t('confirm', { count: places.length })}
        </ActionButton>
        <Button variant="subtle" onClick={() => remove(places)}>
          {t('clear')}
        </Button>
      </div>
    </div>
  );
}

const whenOf = (sessions: ReadonlyMap<string, Session>, { sessionId }: Place): string => {
  const session = sessions.get(sessionId);
  return session ? `${session.date} ${session.startsAt}` : '';
};
