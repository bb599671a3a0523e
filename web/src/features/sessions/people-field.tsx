import { Checkbox, Stack } from '@mantine/core';
import type { PersonId } from '../../../../shared/contracts/common.ts';
import type { Session } from '../../../../shared/contracts/sessions.ts';
import { ageOn } from '../../../../shared/kernel/days.ts';
import { TextLink } from '../../components/links.tsx';
import { type Beneficiary, whyNotPerson } from '../../entities/sessions/booking-rules.ts';
import { useTexts } from '../../lib/i18n.ts';
import { bookingTexts } from './booking-texts.ts';
import styles from './session.module.css';

type Props = {
  people: Beneficiary[];
  chosen: string[];
  /** The dates wanted: ages count on each of them. */
  dates: Session[];
  /** No more may be added. */
  full: boolean;
  error: string | undefined;
  onToggle: (personId: PersonId) => void;
};

/** Everybody one may book for. Who cannot come stays in the list, with the reason. */
export function PeopleField({ people, chosen, dates, full, error, onToggle }: Props) {
  const t = useTexts(bookingTexts);
  return (
    <fieldset className={styles.field}>
      <legend>{t('who')}</legend>
      <p className={styles.hint}>{t('whoHint')}</p>
      <Stack gap={0}>
        {people.map((person) => {
          const hindered = dates.find((date) => whyNotPerson(person, date));
          const why = hindered ? whyNotPerson(person, hindered) : undefined;
          const age = person.birthDate && dates[0] ? ageOn(person.birthDate, (hindered ?? dates[0]).date) : undefined;
          const relation = [t(person.as), age === undefined ? '' : t('age', { age })].filter(Boolean).join(' · ');
          const isChosen = chosen.includes(person.personId);
          return (
            <Checkbox
              key={person.personId}
              className={styles.option}
              label={person.name}
              description={why ? t(`why.${why}`, { age: age ?? '' }) : relation}
              disabled={why !== undefined || (full && !isChosen)}
              checked={isChosen}
              onChange={() => onToggle(person.personId)}
            />
          );
        })}
      </Stack>
      <div role="status">{error ? <p className={styles.error}>{error}</p> : null}</div>
      <p className="link-row">
        <TextLink to="/household" size="sm">
          {t('addChild')}
        </TextLink>
      </p>
    </fieldset>
  );
}
