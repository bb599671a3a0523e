import { Button, Text, TextInput } from '@mantine/core';
import { IconUserPlus } from '@tabler/icons-react';
import { useRef, useState } from 'react';
import type { Person } from '../../../../shared/contracts/people.ts';
import { Failure } from '../../components/failure.tsx';
import { classes } from '../../lib/classes.ts';
import { useTexts } from '../../lib/i18n.ts';
import { useFindPerson, wantedOf } from '../people/find-people.ts';
import styles from './add-person.module.css';
import { addTexts } from './add-texts.ts';
import { PersonRow } from './person-row.tsx';

type Props = {
  typed: string;
  withReason: (run: (reason: string) => void) => void;
  onChoose: (person: Person) => void;
  /** Left out where nobody new is wanted. */
  onCreate?: (cardNumber: string) => void;
};

/** One field for both numbers: staff hold a card or are told a phone number, and should not have to say which. */
export function FindPerson({ typed, withReason, onChoose, onCreate }: Props) {
  const t = useTexts(addTexts);
  const field = useRef<HTMLInputElement>(null);
  const [number, setNumber] = useState(typed);
  const [bad, setBad] = useState<'whoBad' | 'cardBad'>();
  const find = useFindPerson();
  const wanted = wantedOf(number);
  const cardNumber = typeof wanted === 'object' && 'cardNumber' in wanted ? wanted.cardNumber : '';
  const submit = () => {
    setBad(typeof wanted === 'string' ? wanted : undefined);
    if (typeof wanted === 'string') field.current?.focus();
    else withReason((reason) => !find.isPending && find.mutate({ ...wanted, reason }));
  };
  return (
    <>
      <form
        className={styles.find}
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
      >
        <TextInput
          ref={field}
          label={t('who')}
          error={bad ? t(bad) : undefined}
          autoComplete="off"
          spellCheck={false}
          maxLength={24}
          value={number}
          onChange={({ currentTarget }) => {
            setNumber(currentTarget.value);
            setBad(undefined);
            find.reset();
          }}
        />
        <Button type="submit" loading={find.isPending}>
          {t('find')}
        </Button>
      </form>
      {find.error ? <Failure error={find.error} onRetry={submit} /> : null}
      <div role="status">
        {find.data ? (
          <Text my="xs">
            {find.data.length > 0
              ? t('found', { count: find.data.length })
              : t(cardNumber ? 'foundNobody' : 'foundNobodyPhone')}
          </Text>
        ) : null}
      </div>
      {find.data && find.data.length > 0 ? (
        <ul className={classes('plain-list', styles.found)}>
          {find.data.map((person) => (
            <li key={person.personId}>
              <PersonRow person={person} />
              <Button aria-label={t('choose', { name: person.name })} onClick={() => onChoose(person)}>
                {t('chooseShort')}
              </Button>
            </li>
          ))}
        </ul>
      ) : null}
      {onCreate && (find.data?.length === 0 || find.data === undefined) ? (
        <Button
          variant={find.data ? 'filled' : 'subtle'}
          mt="xs"
          leftSection={<IconUserPlus size="1.125rem" aria-hidden />}
          onClick={() => onCreate(cardNumber)}
        >
          {t('create')}
        </Button>
      ) : null}
    </>
  );
}
