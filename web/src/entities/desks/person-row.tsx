import type { Person } from '../../../../shared/contracts/people.ts';
import { ageOn } from '../../../../shared/kernel/days.ts';
import { useTexts } from '../../lib/i18n.ts';
import { useCityNow } from '../../lib/today.ts';
import styles from './add-person.module.css';
import { addTexts } from './add-texts.ts';

/** Enough to tell two people of one name apart, and no more. */
export function PersonRow({ person }: { person: Person }) {
  const t = useTexts(addTexts);
  const today = useCityNow().date;
  const facts = [
    person.birthDate ? `${t('age', { age: ageOn(person.birthDate, today) })} (${person.birthDate})` : t('noBirthDate'),
    person.district,
    person.phoneMasked ? t('phone', { number: person.phoneMasked }) : undefined,
    person.cardMasked ? t('card', { number: person.cardMasked }) : undefined,
  ];
  return (
    <div className={styles.person}>
      <strong>{person.name}</strong>
      <p>{facts.filter(Boolean).join(' · ')}</p>
    </div>
  );
}
