import { Button, Group, NativeSelect, Stack, Text, TextInput } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import type { Person } from '../../../../shared/contracts/people.ts';
import { isResidentId } from '../../../../shared/kernel/resident-id.ts';
import { Failure } from '../../components/failure.tsx';
import { cityDistricts, cityTexts } from '../../lib/city.ts';
import { useTexts } from '../../lib/i18n.ts';
import { isProblem } from '../../lib/problem.ts';
import { cardNumberIn, useCreatePerson } from '../people/find-people.ts';
import styles from './add-person.module.css';
import { addTexts } from './add-texts.ts';

type Props = {
  cardNumber: string;
  withReason: (run: (reason: string) => void) => void;
  onCreated: (person: Person) => void;
  onFind: (typed: string) => void;
};

/** A record for someone without a phone: name and card number are enough, the card tells the date of birth. */
export function NewPerson({ cardNumber, withReason, onCreated, onFind }: Props) {
  const t = useTexts(addTexts);
  const city = useTexts(cityTexts);
  const nameField = useRef<HTMLInputElement>(null);
  const cardField = useRef<HTMLInputElement>(null);
  const [name, setName] = useState('');
  const [card, setCard] = useState(cardNumber);
  const [district, setDistrict] = useState<(typeof cityDistricts)[number]>();
  const [checked, setChecked] = useState(false);
  const create = useCreatePerson();
  useEffect(() => nameField.current?.focus(), []);
  const number = cardNumberIn(card);
  const badName = name.trim() === '';
  const badCard = !isResidentId(number);
  const submit = () => {
    setChecked(true);
    if (badName) return nameField.current?.focus();
    if (badCard) return cardField.current?.focus();
    withReason((reason) => {
      if (create.isPending) return;
      const person = { name: name.trim(), cardNumber: number, ...(district ? { district } : {}), reason };
      create.mutate(person, { onSuccess: onCreated });
    });
  };
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <Stack gap="sm">
        <div>
          <h3 className={styles.heading}>{t('newTitle')}</h3>
          <Text size="sm">{t('newHint')}</Text>
        </div>
        <TextInput
          ref={nameField}
          label={t('name')}
          error={checked && badName ? t('nameMissing') : undefined}
          autoComplete="off"
          maxLength={40}
          value={name}
          onChange={({ currentTarget }) => setName(currentTarget.value)}
        />
        <TextInput
          ref={cardField}
          label={t('cardNumber')}
          error={checked && badCard ? t('cardBad') : undefined}
          autoComplete="off"
          spellCheck={false}
          maxLength={24}
          value={card}
          onChange={({ currentTarget }) => setCard(currentTarget.value)}
        />
        <NativeSelect
          label={t('district')}
          value={district ?? ''}
          onChange={({ currentTarget: { value } }) => setDistrict(cityDistricts.find((it) => it === value))}
          data={[
            { value: '', label: t('noDistrict') },
            ...cityDistricts.map((it) => ({ value: it, label: city(`district.${it}`) })),
          ]}
        />
        {create.error ? (
          <Failure error={create.error} onRetry={submit}>
            {isProblem(create.error, 'person-exists') ? (
              <Stack gap="xs" align="flex-start">
                <Text size="sm">{t('exists')}</Text>
                <Button size="sm" variant="default" onClick={() => onFind(number)}>
                  {t('findThisCard')}
                </Button>
              </Stack>
            ) : null}
          </Failure>
        ) : null}
        <Group>
          <Button type="submit" loading={create.isPending}>
            {t('save')}
          </Button>
          <Button variant="subtle" onClick={() => onFind(card)}>
            {t('backToFind')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
