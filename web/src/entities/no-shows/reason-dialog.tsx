import '@mantine/core/styles/Paper.layer.css';
import '@mantine/core/styles/Overlay.layer.css';
import '@mantine/core/styles/ModalBase.layer.css';
import '@mantine/core/styles/Modal.layer.css';
import { Button, Group, Modal, Text, Textarea } from '@mantine/core';
import { useState } from 'react';
import { ActionButton } from '../../components/action-button.tsx';
import { Failure } from '../../components/failure.tsx';
import { useFocusBack } from '../../components/use-focus-back.ts';
import { useTexts } from '../../lib/i18n.ts';
import { noShowTexts } from './texts.ts';

type Props = {
  opened: boolean;
  title: string;
  lead?: string;
  yes: string;
  no: string;
  pending: boolean;
  error: Error | null;
  onYes: (reason: string) => void;
  onClose: () => void;
};

/** Asks for a reason before something that others will read; nothing is sent without one. What was typed stays after a refusal. */
export function ReasonDialog({ opened, title, lead, yes, no, pending, error, onYes, onClose }: Props) {
  const t = useTexts(noShowTexts);
  useFocusBack(opened);
  const [reason, setReason] = useState('');
  const [asked, setAsked] = useState(false);
  const send = () => {
    setAsked(true);
    if (reason.trim() && !pending) onYes(reason.trim());
  };
  return (
    <Modal.Root opened={opened} onClose={onClose} centered radius="lg">
      <Modal.Overlay />
      <Modal.Content>
        <Modal.Body pt="lg">
          <Modal.Title fz="lg" fw={700} mb="xs">
            {title}
          </Modal.Title>
          {lead ? <Text mb="sm">{lead}</Text> : null}
          <Textarea
            label={t('answer')}
            error={asked && !reason.trim() ? t('answerMissing') : undefined}
            autosize
            minRows={2}
            maxLength={500}
            data-autofocus
            value={reason}
            onChange={({ currentTarget }) => setReason(currentTarget.value)}
          />
          {error ? <Failure error={error} onRetry={send} /> : null}
          <Group justify="flex-end" mt="lg">
            <Button variant="default" onClick={onClose}>
              {no}
            </Button>
            <ActionButton pending={pending} onClick={send}>
              {yes}
            </ActionButton>
          </Group>
        </Modal.Body>
      </Modal.Content>
    </Modal.Root>
  );
}
