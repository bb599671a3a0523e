import { Stack, Text, TextInput, Title } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { normalizedPhone } from '../../../../shared/kernel/phone.ts';
import { ActionButton } from '../../components/action-button.tsx';
import styles from '../../entities/people/people.module.css';
import { classes } from '../../lib/classes.ts';
import { useTexts } from '../../lib/i18n.ts';
import { InviteFailure } from './invite-failure.tsx';
import { peopleTexts } from './texts.ts';

type Props = {
  words: { title: string; hint: string; phone: string; send: string; sent: string };
  phone: string;
  onPhone: (phone: string) => void;
  /** What is asked beside the number, above it. */
  children?: ReactNode;
  invitation: { isPending: boolean; isSuccess: boolean; error: Error | null };
  /** Sends to a number that can be one, and calls `onSent` when it has left. */
  send: (onSent: () => void) => void;
};

/** Asks another adult for something by their phone number, whether or not we know it. */
export function InviteForm({ words, phone, onPhone, children, invitation, send }: Props) {
  const t = useTexts(peopleTexts);
  const [asked, setAsked] = useState(false);
  const phoneIsBad = normalizedPhone(phone) === undefined;
  const submit = () => {
    setAsked(true);
    if (!phoneIsBad && !invitation.isPending) send(() => setAsked(false));
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
      <Title order={3}>{words.title}</Title>
      <Text size="sm" c="dimmed" mb="sm">
        {words.hint}
      </Text>
      <Stack gap="md">
        {children}
        <TextInput
          label={words.phone}
          error={asked && phoneIsBad ? t('phoneBad') : undefined}
          type="tel"
          autoComplete="off"
          value={phone}
          onChange={({ currentTarget }) => onPhone(currentTarget.value)}
        />
        {invitation.error ? <InviteFailure error={invitation.error} onRetry={submit} /> : null}
        <div role="status">{invitation.isSuccess ? <Text fw={600}>{words.sent}</Text> : null}</div>
        <ActionButton type="submit" pending={invitation.isPending}>
          {words.send}
        </ActionButton>
      </Stack>
    </form>
  );
}
