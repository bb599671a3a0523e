import type { PersonId, SessionId } from '../../../../shared/contracts/common.ts';
import { ActionButton } from '../../components/action-button.tsx';
import '@mantine/core/styles/Checkbox.layer.css';
import '@mantine/core/styles/InlineInput.layer.css';
import { type SyntheticEvent, useState } from 'react';
import type { PayWith } from '../../../../shared/contracts/passes.ts';
import type { Session } from '../../../../shared/contracts/sessions.ts';
import type { CivilTime } from '../../../../shared/kernel/days.ts';
import { PayWithField } from '../../entities/allowances/pay-with-field.tsx';
import { AddToBasket } from '../../entities/basket/add-to-basket.tsx';
import { useBookSessions } from '../../entities/bookings/book-sessions.ts';
import {
  type Beneficiary,
  MOST_PEOPLE,
  MOST_PLACES,
  MOST_SESSIONS,
  whyNotPerson,
  whyNotSession,
} from '../../entities/sessions/booking-rules.ts';
import { JoinWaitlist } from '../../entities/waitlist/join-waitlist.tsx';
import type { Joined } from '../../entities/waitlist/waitlist.ts';
import { useDraft } from '../../lib/draft.ts';
import { useTexts } from '../../lib/i18n.ts';
import { BookingRefused } from './booking-refused.tsx';
import { BookingSummary } from './booking-summary.tsx';
import { bookingTexts } from './booking-texts.ts';
import { DaysField } from './days-field.tsx';
import { PeopleField } from './people-field.tsx';
import styles from './session.module.css';

type Props = {
  session: Session;
  /** All dates of the class that can be shown, this one included. */
  dates: Session[];
  people: Beneficiary[];
  now: CivilTime;
  onDone: (done: Joined) => void;
};
type Draft = { personIds: PersonId[]; sessionIds: SessionId[] };

const toggled = (list: string[], id: string): string[] =>
  list.includes(id) ? list.filter((other) => other !== id) : [...list, id];

/** For whom, which days, and one button. What is ticked survives a detour through sign-in, a reload and every refusal. */
export function BookingForm({ session, dates, people, now, onDone }: Props) {
  const t = useTexts(bookingTexts);
  const [empty] = useState<Draft>({ personIds: [], sessionIds: [session.sessionId] });
  const draft = useDraft<Draft>(`book.${session.sessionId}`, empty);
  const [asked, setAsked] = useState(false);
  const [payWith, setPayWith] = useState<PayWith>();
  const book = useBookSessions();
  const chosenDates = dates.filter(({ sessionId }) => draft.value.sessionIds.includes(sessionId));
  const fits = (person: Beneficiary) => chosenDates.every((date) => !whyNotPerson(person, date));
  const chosenPeople = people.filter((person) => draft.value.personIds.includes(person.personId) && fits(person));
  const bookable = chosenDates.filter((date) => !whyNotSession(date, chosenPeople.length, now));
  const complete = chosenPeople.length > 0 && bookable.length > 0;
  const why = whyNotSession(session, Math.max(1, chosenPeople.length), now);
  // No place for all of them here: they can wait together, or take other days.
  const canWait = why === 'full' || why === 'few';

  const submit = () => {
    setAsked(true);
    if (!complete || book.isPending) return;
    book.mutate(
      {
        sessionIds: bookable.map(({ sessionId }) => sessionId),
        beneficiaryIds: chosenPeople.map(({ personId }) => personId),
        ...(payWith ? { payWith } : {}),
      },
      {
        onSuccess: ({ bookings }) => {
          draft.clear();
          onDone({ bookings });
        },
      },
    );
  };
  const change = (part: Partial<Draft>) => {
    book.reset();
    draft.change(part);
  };
  const replaceDate = (gone: string | undefined, taken: string) =>
    change({ sessionIds: [...draft.value.sessionIds.filter((id) => id !== gone), taken] });
  return (
    <form
      className={styles.form}
      noValidate
      onSubmit={(event: SyntheticEvent) => {
        event.preventDefault();
        submit();
      }}
    >
      <div className={styles.formFields}>
        <PeopleField
          people={people}
          chosen={chosenPeople.map(({ personId }) => personId)}
          full={chosenPeople.length >= MOST_PEOPLE || (chosenPeople.length + 1) * bookable.length > MOST_PLACES}
          dates={chosenDates.length > 0 ? chosenDates : [session]}
          error={asked && chosenPeople.length === 0 ? t('chooseWho') : undefined}
          onToggle={(id) => change({ personIds: toggled(draft.value.personIds, id) })}
        />
        <DaysField
          own={session.sessionId}
          dates={dates}
          chosen={bookable.map(({ sessionId }) => sessionId)}
          party={chosenPeople.length}
          now={now}
          full={bookable.length >= MOST_SESSIONS || (bookable.length + 1) * chosenPeople.length > MOST_PLACES}
          error={asked && bookable.length === 0 ? t('chooseDay') : undefined}
          onToggle={(id) => change({ sessionIds: toggled(draft.value.sessionIds, id) })}
        />
      </div>
      <div className={styles.formSummary}>
        <PayWithField
          session={session}
          people={people}
          places={Math.max(1, chosenPeople.length * Math.max(1, bookable.length))}
          value={payWith}
          onChange={setPayWith}
        />
        {canWait ? (
          <JoinWaitlist
            session={session}
            people={chosenPeople}
            payWith={payWith}
            onJoined={(joined) => {
              draft.clear();
              onDone(joined);
            }}
          />
        ) : null}
        {canWait && bookable.length === 0 ? null : (
          <BookingSummary people={chosenPeople} dates={bookable} paid={payWith !== undefined} />
        )}
        {book.error ? (
          <BookingRefused
            error={book.error}
            people={people}
            dates={dates}
            chosen={bookable}
            party={chosenPeople.length}
            now={now}
            onRetry={submit}
            onReplace={replaceDate}
            onUnselect={(id) => change({ personIds: draft.value.personIds.filter((other) => other !== id) })}
          />
        ) : null}
        {canWait && bookable.length === 0 ? null : (
          <ActionButton type="submit" size="lg" fullWidth pending={book.isPending}>
            {t('confirm', { count: chosenPeople.length * bookable.length })}
          </ActionButton>
        )}
        <AddToBasket
          places={bookable.flatMap(({ sessionId }) =>
            chosenPeople.map(({ personId }) => ({ sessionId, beneficiaryId: personId })),
          )}
          onAdded={() => {
            book.reset();
            draft.clear();
          }}
        />
      </div>
    </form>
  );
}
