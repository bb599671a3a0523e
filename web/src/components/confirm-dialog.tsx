import { ActionButton } from './action-button.tsx';
import '@mantine/core/styles/Paper.layer.css';
import '@mantine/core/styles/Overlay.layer.css';
import '@mantine/core/styles/ModalBase.layer.css';
import '@mantine/core/styles/Modal.layer.css';
import { Button, Group, Modal } from '@mantine/core';
import type { ReactNode } from 'react';
import { Failure } from './failure.tsx';
import { useFocusBack } from './use-focus-back.ts';

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
  useFocusBack(opened);
  return (
    // Put together by hand: Mantine's own dialog wraps its title in a `header`, which would be a second banner of the page.
    <Modal.Root opened={opened} onClose={onClose} centered radius="lg">
      <Modal.Overlay />
      <Modal.Content>
        <Modal.Body pt="lg">
          <Modal.Title fz="lg" fw={700} mb="xs">
            {title}
          </Modal.Title>
          {children}
          {error ? <Failure error={error} onRetry={onYes} /> : null}
          <Group justify="flex-end" mt="lg">
            <Button variant="default" onClick={onClose} data-autofocus>
              {no}
            </Button>
            <ActionButton color="lychee" pending={pending} onClick={onYes}>
              {yes}
            </ActionButton>
          </Group>
        </Modal.Body>
      </Modal.Content>
    </Modal.Root>
  );
}
