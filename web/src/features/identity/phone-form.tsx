import { Stack, TextInput } from '@mantine/core';
import { useState } from 'react';
import { normalizedPhone } from '../../../../shared/kernel/phone.ts';
import { ActionButton } from '../../components/action-button.tsx';
import { Failure } from '../../components/failure.tsx';
import { useTexts } from '../../lib/i18n.ts';
import { useRequestCode } from './request-code.ts';
import { identityTexts } from './texts.ts';

type Props = { phone: string; onPhone: (phone: string) => void; onSent: (phone: string, seconds: number) => void };

export function PhoneForm({ phone, onPhone, onSent }: Props) {
  const t = useTexts(identityTexts);
  const [wrong, setWrong] = useState(false);
  const request = useRequestCode();
  const submit = () => {
    const bad = normalizedPhone(phone) === undefined;
    setWrong(bad);
    if (!bad && !request.isPending)
      request.mutate(phone, { onSuccess: ({ expiresInSeconds }) => onSent(phone, expiresInSeconds) });
  };
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <Stack gap="md">
        <TextInput
          label={t('phone')}
          description={t('phoneHint')}
          error={wrong ? t('phoneBad') : undefined}
          type="tel"
          name="phone"
          autoComplete="tel"
          size="lg"
          required
          withAsterisk={false}
          value={phone}
          onChange={({ currentTarget }) => onPhone(currentTarget.value)}
        />
        {request.error ? <Failure error={request.error} onRetry={submit} /> : null}
        <ActionButton type="submit" size="lg" pending={request.isPending}>
          {t('getCode')}
        </ActionButton>
      </Stack>
    </form>
  );
}
