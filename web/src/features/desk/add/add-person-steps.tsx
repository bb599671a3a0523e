import { useState } from 'react';
import type { Booking } from '../../../../../shared/contracts/bookings.ts';
import type { CenterId } from '../../../../../shared/contracts/common.ts';
import type { Person } from '../../../../../shared/contracts/people.ts';
import type { Session } from '../../../../../shared/contracts/sessions.ts';
import type { CivilTime } from '../../../../../shared/kernel/days.ts';
import { ServiceIcon } from '../../../components/service-icon.tsx';
import styles from '../../../entities/desks/add-person.module.css';
import { addTexts } from '../../../entities/desks/add-texts.ts';
import { FindPerson } from '../../../entities/desks/find-person.tsx';
import { NewPerson } from '../../../entities/desks/new-person.tsx';
import { ReasonField } from '../../../entities/desks/reason-field.tsx';
import { dayText, inLanguage, timeRange } from '../../../lib/format.ts';
import { useLanguage, useTexts } from '../../../lib/i18n.ts';
import { BookFor } from './book-for.tsx';
import { BookedFor } from './booked-for.tsx';

type Props = { session: Session; centerId: CenterId; now: CivilTime; onAnother: () => void; onClose: () => void };
type Step =
  | { at: 'find'; typed: string }
  | { at: 'new'; cardNumber: string }
  | { at: 'book'; person: Person }
  | { at: 'done'; person: Person; bookings: Booking[] };

/** Why, who, which days, slip. The reason is asked once and goes with every step that needs it. */
export function AddPersonSteps({ session, centerId, now, onAnother, onClose }: Props) {
  const t = useTexts(addTexts);
  const language = useLanguage();
  const [step, setStep] = useState<Step>({ at: 'find', typed: '' });
  const [reason, setReason] = useState('');
  const [missing, setMissing] = useState(false);
  /** Runs an action with the reason, or asks for it first. */
  const withReason = (run: (reason: string) => void) => {
    const text = reason.trim();
    setMissing(text === '');
    if (text === '') document.getElementById('desk-reason')?.focus();
    else run(text);
  };
  const choose = (person: Person) => setStep({ at: 'book', person });
  if (step.at === 'done') return <BookedFor {...step} today={now.date} onAnother={onAnother} onClose={onClose} />;
  return (
    <>
      <div className={styles.session}>
        <ServiceIcon service={session.service} size={36} />
        <div>
          <strong>{inLanguage(session.title, language)}</strong>
          <p>
            {dayText(session.date, language, now.date)} {timeRange(session.startsAt, session.endsAt)} ·{' '}
            {t('places', { count: session.placesLeft })}
          </p>
        </div>
      </div>
      <ReasonField
        value={reason}
        missing={missing}
        onChange={(text) => {
          setReason(text);
          setMissing(false);
        }}
      />
      {step.at === 'find' ? (
        <FindPerson
          typed={step.typed}
          withReason={withReason}
          onChoose={choose}
          onCreate={(cardNumber) => setStep({ at: 'new', cardNumber })}
        />
      ) : null}
      {step.at === 'new' ? (
        <NewPerson
          cardNumber={step.cardNumber}
          withReason={withReason}
          onCreated={choose}
          onFind={(typed) => setStep({ at: 'find', typed })}
        />
      ) : null}
      {step.at === 'book' ? (
        <BookFor
          person={step.person}
          session={session}
          centerId={centerId}
          now={now}
          withReason={withReason}
          onChange={() => setStep({ at: 'find', typed: '' })}
          onBooked={(bookings) => setStep({ at: 'done', person: step.person, bookings })}
        />
      ) : null}
    </>
  );
}
