import { Stack, Text, TextInput, Title } from '@mantine/core';
import { useState } from 'react';
import type { Person } from '../../../../../shared/contracts/people.ts';
import { ActionButton } from '../../../components/action-button.tsx';
import { Failure } from '../../../components/failure.tsx';
import { useFindPerson, wantedOf } from '../../../entities/people/find-people.ts';
import styles from '../../../entities/people/people.module.css';
import { classes } from '../../../lib/classes.ts';
import { useTexts } from '../../../lib/i18n.ts';
import { limitTexts } from './texts.ts';

type Props = { title: string; hint?: string; onFound: (person: Person, reason: string) => void };

/** Finds somebody by the exact number of a phone or card, with the reason they will read. */
export function FindForm({ title, hint, onFound }: Props) {
  const t = useTexts(limitTexts);
  const [number, setNumber] = useState('');
  const [reason, setReason] = useState('');
  const [asked, setAsked] = useState(false);
  const find = useFindPerson();
  const wanted = wantedOf(number);
  const submit = () => {
    setAsked(true);
    const why = reason.trim();
    if (typeof wanted === 'string' || !why || find.isPending) return;
    find.mutate({ ...wanted, reason: why }, { onSuccess: ([person]) => person && onFound(person, why) });
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
      <Title order={2}>{title}</Title>
      {hint ? (
        <Text size="sm" c="dimmed">
          {hint}
        </Text>
      ) : null}
      <Stack gap="md" mt="sm">
        <TextInput
          label={t('number')}
          error={asked && typeof wanted === 'string' ? t(wanted) : undefined}
          autoComplete="off"
          spellCheck={false}
          maxLength={24}
          value={number}
          onChange={({ currentTarget }) => {
            setNumber(currentTarget.value);
            find.reset();
          }}
        />
        <TextInput
          label={t('why')}
          description={t('whyHint')}
          error={asked && !reason.trim() ? t('whyMissing') : undefined}
          autoComplete="off"
          maxLength={200}
          value={reason}
          onChange={({ currentTarget }) => setReason(currentTarget.value)}
        />
        {find.error ? <Failure error={find.error} onRetry={submit} /> : null}
        <div role="status">{find.data?.length === 0 ? <Text fw={600}>{t('nobody')}</Text> : null}</div>
        <ActionButton type="submit" pending={find.isPending}>
          {t('search')}
        </ActionButton>
      </Stack>
    </form>
  );
}
