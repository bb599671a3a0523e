import { Stack, TextInput, Title } from '@mantine/core';
import { useState } from 'react';
import { ActionButton } from '../../components/action-button.tsx';
import { Failure } from '../../components/failure.tsx';
import styles from '../../entities/people/people.module.css';
import { classes } from '../../lib/classes.ts';
import { useDraft } from '../../lib/draft.ts';
import { useTexts } from '../../lib/i18n.ts';
import { useCreateHousehold } from './household.ts';
import { peopleTexts } from './texts.ts';

const empty = { name: '' };

export function CreateHousehold() {
  const t = useTexts(peopleTexts);
  const draft = useDraft('household', empty);
  const [asked, setAsked] = useState(false);
  const create = useCreateHousehold();
  const name = draft.value.name.trim();
  const submit = () => {
    setAsked(true);
    if (name && !create.isPending) create.mutate(name, { onSuccess: draft.clear });
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
      <Title order={2}>{t('noHousehold')}</Title>
      <Stack gap="md" mt="sm">
        <TextInput
          label={t('householdName')}
          description={t('householdNameHint')}
          error={asked && !name ? t('nameMissing') : undefined}
          maxLength={40}
          value={draft.value.name}
          onChange={({ currentTarget }) => draft.change({ name: currentTarget.value })}
        />
        {create.error ? <Failure error={create.error} onRetry={submit} /> : null}
        <ActionButton type="submit" pending={create.isPending}>
          {t('createHousehold')}
        </ActionButton>
      </Stack>
    </form>
  );
}
