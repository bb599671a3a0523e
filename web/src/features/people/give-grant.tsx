import { NativeSelect, Stack, Text, TextInput, Title } from '@mantine/core';
import { useState } from 'react';
import type { Me } from '../../../../shared/contracts/people.ts';
import { normalizedPhone } from '../../../../shared/kernel/phone.ts';
import { ActionButton } from '../../components/action-button.tsx';
import { useDraft } from '../../lib/draft.ts';
import { useTexts } from '../../lib/i18n.ts';
import { useGiveGrant } from './grants.ts';
import { InviteFailure } from './invite-failure.tsx';
import { peopleTexts } from './texts.ts';

const empty = { subjectId: '', phone: '' };

/** A proxy for oneself, or another guardian for a child one is guardian of. */
export function GiveGrant({ me }: { me: Me }) {
  const t = useTexts(peopleTexts);
  const { value, change, clear } = useDraft('grant', empty);
  const [asked, setAsked] = useState(false);
  const give = useGiveGrant();
  const subjects = me.actsFor.filter(({ as }) => as !== 'proxy');
  const subject = subjects.find(({ personId }) => personId === value.subjectId) ?? subjects[0];
  const phoneIsBad = normalizedPhone(value.phone) === undefined;
  const submit = () => {
    setAsked(true);
    if (phoneIsBad || !subject || give.isPending) return;
    give.mutate(
      { kind: subject.as === 'self' ? 'proxy' : 'guardian', subjectId: subject.personId, holderPhone: value.phone },
      {
        onSuccess: () => {
          clear();
          setAsked(false);
        },
      },
    );
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
      <Title order={3}>{t('invite')}</Title>
      <Text size="sm" c="dimmed" mb="sm">
        {t('inviteHint')}
      </Text>
      <Stack gap="md">
        <NativeSelect
          label={t('inviteFor')}
          value={subject?.personId ?? ''}
          onChange={({ currentTarget }) => change({ subjectId: currentTarget.value })}
          data={subjects.map(({ personId, name, as }) => ({
            value: personId,
            label: as === 'self' ? `${name} (${t('you')})` : name,
          }))}
        />
        <TextInput
          label={t('invitePhone')}
          error={asked && phoneIsBad ? t('phoneBad') : undefined}
          type="tel"
          autoComplete="off"
          value={value.phone}
          onChange={({ currentTarget }) => change({ phone: currentTarget.value })}
        />
        {give.error ? <InviteFailure error={give.error} onRetry={submit} /> : null}
        <div role="status">{give.isSuccess ? <Text fw={600}>{t('invited')}</Text> : null}</div>
        <ActionButton type="submit" pending={give.isPending}>
          {t('inviteSend')}
        </ActionButton>
      </Stack>
    </form>
  );
}
