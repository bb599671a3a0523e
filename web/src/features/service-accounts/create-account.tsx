import { Stack, TextInput, Title } from '@mantine/core';
import { useState } from 'react';
import { ActionButton } from '../../components/action-button.tsx';
import { Failure } from '../../components/failure.tsx';
import { classes } from '../../lib/classes.ts';
import { useTexts } from '../../lib/i18n.ts';
import styles from './service-accounts.module.css';
import type { Scope, useCreateAccount } from './service-accounts.ts';
import { serviceAccountTexts } from './texts.ts';

const LONGEST_NAME = 40;

type Props = { scope: Scope; create: ReturnType<typeof useCreateAccount>; onSend: () => void };

/** A new account with the post that is chosen. */
export function CreateAccount({ scope, create, onSend }: Props) {
  const t = useTexts(serviceAccountTexts);
  const [typed, setTyped] = useState('');
  const [asked, setAsked] = useState(false);
  const name = typed.trim();
  const send = () => {
    setAsked(true);
    if (!name || create.isPending) return;
    onSend();
    create.mutate(
      { name, post: scope },
      {
        onSuccess: () => {
          setTyped('');
          setAsked(false);
        },
      },
    );
  };
  return (
    <form
      noValidate
      className={classes('card', styles.create)}
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      <Stack gap="md">
        <Title order={2}>{t('create')}</Title>
        <TextInput
          label={t('name')}
          description={t('nameHint')}
          error={asked && !name ? t('nameMissing') : undefined}
          maxLength={LONGEST_NAME}
          value={typed}
          onChange={({ currentTarget }) => setTyped(currentTarget.value)}
        />
        {create.error ? <Failure error={create.error} onRetry={send} /> : null}
        <ActionButton type="submit" pending={create.isPending}>
          {t('createYes')}
        </ActionButton>
      </Stack>
    </form>
  );
}
