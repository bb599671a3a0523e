import { Button, Group, Stack, TextInput, Title } from '@mantine/core';
import { useState } from 'react';
import { ActionButton } from '../../../components/action-button.tsx';
import { Failure } from '../../../components/failure.tsx';
import styles from '../../../entities/people/people.module.css';
import { classes } from '../../../lib/classes.ts';
import { useTexts } from '../../../lib/i18n.ts';
import type { Decision } from './limits.ts';
import { limitTexts } from './texts.ts';

type Props = {
  title: string;
  yes: string;
  pending: boolean;
  error: Error | null;
  onDecide: (decision: Decision) => void;
  onCancel: () => void;
};

/** On which document, and why: both are asked for, because both are kept. */
export function DecisionForm({ title, yes, pending, error, onDecide, onCancel }: Props) {
  const t = useTexts(limitTexts);
  const [documentNumber, setDocumentNumber] = useState('');
  const [reason, setReason] = useState('');
  const [asked, setAsked] = useState(false);
  const decision = { documentNumber: documentNumber.trim(), reason: reason.trim() };
  const submit = () => {
    setAsked(true);
    if (decision.documentNumber && decision.reason && !pending) onDecide(decision);
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
      <Stack gap="md">
        <Title order={3}>{title}</Title>
        <TextInput
          label={t('documentNumber')}
          error={asked && !decision.documentNumber ? t('documentMissing') : undefined}
          maxLength={80}
          autoComplete="off"
          value={documentNumber}
          onChange={({ currentTarget }) => setDocumentNumber(currentTarget.value)}
          data-autofocus
        />
        <TextInput
          label={t('reason')}
          description={t('reasonHint')}
          error={asked && !decision.reason ? t('reasonMissing') : undefined}
          maxLength={400}
          autoComplete="off"
          value={reason}
          onChange={({ currentTarget }) => setReason(currentTarget.value)}
        />
        {error ? <Failure error={error} onRetry={submit} /> : null}
        <Group>
          <ActionButton type="submit" color="lychee" pending={pending}>
            {yes}
          </ActionButton>
          <Button variant="default" onClick={onCancel}>
            {t('cancel')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
