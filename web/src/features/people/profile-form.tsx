import { NativeSelect, Stack, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { Person } from '../../../../shared/contracts/people.ts';
import { ageOn } from '../../../../shared/kernel/days.ts';
import { ActionButton } from '../../components/action-button.tsx';
import { DateField } from '../../components/date-field.tsx';
import { Failure } from '../../components/failure.tsx';
import styles from '../../entities/people/people.module.css';
import { cityDistricts, cityTexts } from '../../lib/city.ts';
import { classes } from '../../lib/classes.ts';
import { useDraft } from '../../lib/draft.ts';
import { useTexts } from '../../lib/i18n.ts';
import { useCityNow } from '../../lib/today.ts';
import { useChangeProfile } from './profile.ts';
import { SchoolField, SchoolState } from './school-field.tsx';
import { peopleTexts } from './texts.ts';

/** From this age on nobody is asked for a school. */
const ADULT_YEARS = 18;

export function ProfileForm({ person, onSaved }: { person: Person; onSaved: () => void }) {
  const t = useTexts(peopleTexts);
  const city = useTexts(cityTexts);
  const { date: today } = useCityNow();
  const [stored] = useState({
    name: person.name,
    birthDate: person.birthDate ?? '',
    district: person.district ?? '',
    school: person.school ?? '',
  });
  const { value, change, clear } = useDraft(`profile.${person.personId}`, stored);
  const [asked, setAsked] = useState(false);
  const save = useChangeProfile(person);
  const name = value.name.trim();
  const district = cityDistricts.find((it) => it === value.district);
  const school = value.school.trim();
  const isPupil =
    person.school !== undefined || (value.birthDate !== '' && ageOn(value.birthDate, today) < ADULT_YEARS);
  const submit = () => {
    setAsked(true);
    if (!name || save.isPending) return;
    // Only what differs: a date of birth that a card has proven is refused when it is sent again.
    const change = {
      ...(name === person.name ? {} : { name }),
      ...(value.birthDate && value.birthDate !== person.birthDate ? { birthDate: value.birthDate } : {}),
      ...(district && district !== person.district ? { district } : {}),
      ...(isPupil && school && school !== person.school ? { school } : {}),
    };
    const done = () => {
      clear();
      onSaved();
    };
    if (Object.keys(change).length === 0) done();
    else save.mutate(change, { onSuccess: done });
  };
  return (
    <form
      noValidate
      className={classes('card', styles.form)}
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <Stack gap="md">
        <TextInput
          label={t('name')}
          error={asked && !name ? t('nameMissing') : undefined}
          maxLength={40}
          autoComplete="name"
          value={value.name}
          onChange={({ currentTarget }) => change({ name: currentTarget.value })}
        />
        <DateField
          label={t('birthDate')}
          description={t('birthDateHint')}
          maxDate={today}
          value={value.birthDate}
          onChange={(birthDate) => change({ birthDate })}
        />
        <NativeSelect
          label={t('district')}
          value={district ?? ''}
          onChange={({ currentTarget }) => change({ district: currentTarget.value })}
          data={[
            { value: '', label: t('anyDistrict') },
            ...cityDistricts.map((it) => ({ value: it, label: city(`district.${it}`) })),
          ]}
        />
        {isPupil ? (
          <>
            <SchoolField value={value.school} onChange={(text) => change({ school: text })} />
            {school === person.school ? <SchoolState person={person} /> : null}
          </>
        ) : null}
        {person.phoneMasked ? (
          <Text size="sm" c="dimmed">
            {t('phone')}: {person.phoneMasked}
          </Text>
        ) : null}
        {save.error ? <Failure error={save.error} onRetry={submit} /> : null}
        <ActionButton type="submit" pending={save.isPending}>
          {t('save')}
        </ActionButton>
      </Stack>
    </form>
  );
}
