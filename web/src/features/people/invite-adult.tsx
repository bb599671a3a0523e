import { Stack, Text, TextInput, Title } from '@mantine/core';
import { useState } from 'react';
import { normalizedPhone } from '../../../../shared/kernel/phone.ts';
import { ActionButton } from '../../components/action-button.tsx';
import { useDraft } from '../../lib/draft.ts';
import { useTexts } from '../../lib/i18n.ts';
import { invitationTexts } from './invitation-texts.ts';
import { useInvite } from './invitations.ts';
import { InviteFailure } from './invite-failure.tsx';
import { peopleTexts } from './texts.ts';

const empty = { phone: '' };

/** Asks another adult into the household. */
export function InviteAdult({ householdId }: { householdId: string }) {
  const t = useTexts(invitationTexts);
  const people = useTexts(peopleTexts);
  const { value, change, clear } = useDraft('invite', empty);
  const [asked, setAsked] = useState(false);
  const invite = useInvite(householdId);
  const phoneIsBad = normalizedPhone(value.phone) === undefined;
  const submit = () => {
    setAsked(true);
    if (phoneIsBad || invite.isPending) return;
    invite.mutate(value.phone, {
      onSuccess: () => {
        clear();
        setAsked(false);
      },
    });
  };
  return (
    <form
      noValidate
      className="card people-form"
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <Title order={3}>{t('inviteTitle')}</Title>
      <Text size="sm" c="dimmed" mb="sm">
        {t('inviteHint')}
      </Text>
      <Stack gap="md">
        <TextInput
          label={t('phone')}
          error={asked && phoneIsBad ? people('phoneBad') : undefined}
          type="tel"
          autoComplete="off"
          value={value.phone}
          onChange={({ currentTarget }) => change({ phone: currentTarget.value })}
        />
        {invite.error ? <InviteFailure error={invite.error} onRetry={submit} /> : null}
        <div role="status">{invite.isSuccess ? <Text fw={600}>{t('sent')}</Text> : null}</div>
        <ActionButton type="submit" pending={invite.isPending}>
          {t('send')}
        </ActionButton>
      </Stack>
    </form>
  );
}
