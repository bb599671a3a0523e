import { Button } from '@mantine/core';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import type { PersonId } from '../../../../shared/contracts/common.ts';
import type { Person } from '../../../../shared/contracts/people.ts';
import addPersonStyles from '../../entities/desks/add-person.module.css';
import { addTexts } from '../../entities/desks/add-texts.ts';
import { FindPerson } from '../../entities/desks/find-person.tsx';
import { NewPerson } from '../../entities/desks/new-person.tsx';
import { PersonRow } from '../../entities/desks/person-row.tsx';
import { ReasonField } from '../../entities/desks/reason-field.tsx';
import { classes } from '../../lib/classes.ts';
import { useTexts } from '../../lib/i18n.ts';
import styles from './series.module.css';

type WithReason = (run: (reason: string) => void) => void;
type Step = { at: 'find'; typed: string } | { at: 'new'; cardNumber: string } | { at: 'chosen'; person: Person };
type Props = { children: (personId: PersonId, withReason: WithReason) => ReactNode };

/** Why staff act, and for whom, as with a single booking; then what they do for that person. */
export function DeskPerson({ children }: Props) {
  const t = useTexts(addTexts);
  const heading = useRef<HTMLHeadingElement>(null);
  const [step, setStep] = useState<Step>({ at: 'find', typed: '' });
  const [reason, setReason] = useState('');
  const [missing, setMissing] = useState(false);
  useEffect(() => {
    if (step.at === 'chosen') heading.current?.focus();
  }, [step.at]);
  const withReason: WithReason = (run) => {
    const text = reason.trim();
    setMissing(text === '');
    if (text === '') document.getElementById('desk-reason')?.focus();
    else run(text);
  };
  const choose = (person: Person) => setStep({ at: 'chosen', person });
  return (
    <>
      <div className={classes(styles.form, styles.for)}>
        <ReasonField
          value={reason}
          missing={missing}
          onChange={(text) => {
            setReason(text);
            setMissing(false);
          }}
        />
        {step.at === 'find' ? (
          <div>
            <FindPerson
              typed={step.typed}
              withReason={withReason}
              onChoose={choose}
              onCreate={(cardNumber) => setStep({ at: 'new', cardNumber })}
            />
          </div>
        ) : null}
        {step.at === 'new' ? (
          <NewPerson
            cardNumber={step.cardNumber}
            withReason={withReason}
            onCreated={choose}
            onFind={(typed) => setStep({ at: 'find', typed })}
          />
        ) : null}
        {step.at === 'chosen' ? (
          <div>
            <h2 className={addPersonStyles.heading} tabIndex={-1} ref={heading}>
              {t('person')}
            </h2>
            <div className={addPersonStyles.chosen}>
              <PersonRow person={step.person} />
              <Button variant="subtle" size="sm" onClick={() => setStep({ at: 'find', typed: '' })}>
                {t('change')}
              </Button>
            </div>
          </div>
        ) : null}
      </div>
      {step.at === 'chosen' ? children(step.person.personId, withReason) : null}
    </>
  );
}
