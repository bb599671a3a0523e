import '@mantine/core/styles/Overlay.layer.css';
import '@mantine/core/styles/ModalBase.layer.css';
import '@mantine/core/styles/Modal.layer.css';
import { Button, Group, Modal } from '@mantine/core';
import type { ReactNode } from 'react';
import { defineTexts, useTexts } from '../lib/i18n.ts';
import { Failure } from './failure.tsx';

const texts = defineTexts('confirm', { zh: { close: '关闭' }, en: { close: 'Close' } });

type Props = {
  opened: boolean;
  title: string;
  children: ReactNode;
  yes: string;
  no: string;
  pending: boolean;
  error: Error | null;
  onYes: () => void;
  onClose: () => void;
};

/** Asks before something that cannot be undone. The harmless answer comes first and has the focus. */
export function ConfirmDialog({ opened, title, children, yes, no, pending, error, onYes, onClose }: Props) {
  const t = useTexts(texts);
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={title}
      centered
      radius="lg"
      closeButtonProps={{ 'aria-label': t('close'), size: 'lg' }}
    >
      {children}
      {error ? <Failure error={error} onRetry={onYes} /> : null}
      <Group justify="flex-end" mt="lg">
        <Button variant="default" onClick={onClose} data-autofocus>
          {no}
        </Button>
        <Button color="lychee" loading={pending} onClick={onYes}>
          {yes}
        </Button>
      </Group>
    </Modal>
  );
}
