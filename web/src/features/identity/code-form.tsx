import { Button, Group, Stack, Text, TextInput } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import { ActionButton } from '../../components/action-button.tsx';
import { Failure } from '../../components/failure.tsx';
import { useTexts } from '../../lib/i18n.ts';
import { useRequestCode } from './request-code.ts';
import { useSignIn } from './sign-in.ts';
import { identityTexts } from './texts.ts';
import { useCountdown } from './use-countdown.ts';

const RESEND_AFTER_SECONDS = 60;

type Props = { phone: string; expiresInSeconds: number; onSignedIn: () => void; onOtherPhone: () => void };

export function CodeForm({ phone, expiresInSeconds, onSignedIn, onOtherPhone }: Props) {
  const t = useTexts(identityTexts);
  const [code, setCode] = useState('');
  const [wrong, setWrong] = useState(false);
  const wait = useCountdown(RESEND_AFTER_SECONDS);
  const field = useRef<HTMLInputElement>(null);
  const resend = useRequestCode();
  const signIn = useSignIn();
  useEffect(() => field.current?.focus(), []);

  const submit = () => {
    const bad = !/^\d{6}$/.test(code);
    setWrong(bad);
    if (bad) field.current?.focus();
    else if (!signIn.isPending) signIn.mutate({ phone, code }, { onSuccess: onSignedIn });
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
        <Text>{t('codeSent', { phone, minutes: Math.round(expiresInSeconds / 60) })}</Text>
        <TextInput
          ref={field}
          label={t('code')}
          error={wrong ? t('codeBad') : undefined}
          name="code"
          inputMode="numeric"
          autoComplete="one-time-code"
          maxLength={6}
          size="lg"
          className="numbers"
          value={code}
          onChange={({ currentTarget }) => setCode(currentTarget.value.replaceAll(/\D/g, ''))}
        />
        {signIn.error ? <Failure error={signIn.error} onRetry={submit} /> : null}
        <ActionButton type="submit" size="lg" pending={signIn.isPending}>
          {t('enter')}
        </ActionButton>
        <Group justify="space-between">
          <ActionButton
            variant="subtle"
            disabled={wait.secondsLeft > 0}
            pending={resend.isPending}
            onClick={() => resend.mutate(phone, { onSuccess: wait.restart })}
          >
            {wait.secondsLeft > 0 ? t('resendIn', { seconds: wait.secondsLeft }) : t('resend')}
          </ActionButton>
          <Button variant="subtle" onClick={onOtherPhone}>
            {t('otherPhone')}
          </Button>
        </Group>
        <div role="status">{resend.isSuccess ? <Text size="sm">{t('resent')}</Text> : null}</div>
        {resend.error ? <Failure error={resend.error} /> : null}
      </Stack>
    </form>
  );
}
