import type { CenterId } from '../../../../../shared/contracts/common.ts';
import '@mantine/core/styles/Paper.layer.css';
import '@mantine/core/styles/Overlay.layer.css';
import '@mantine/core/styles/ModalBase.layer.css';
import '@mantine/core/styles/Drawer.layer.css';
import { Drawer } from '@mantine/core';
import { useState } from 'react';
import type { Session } from '../../../../../shared/contracts/sessions.ts';
import type { CivilTime } from '../../../../../shared/kernel/days.ts';
import styles from '../../../entities/desks/add-person.module.css';
import { addTexts } from '../../../entities/desks/add-texts.ts';
import { useTexts } from '../../../lib/i18n.ts';
import { AddPersonSteps } from './add-person-steps.tsx';

type Props = { session: Session | undefined; centerId: CenterId; now: CivilTime; onClose: () => void };

/** Books someone who stands at the counter, or has called, into a session of the board; the board stays in sight beside it. */
export function AddPerson({ session, centerId, now, onClose }: Props) {
  const t = useTexts(addTexts);
  // Counts people, so that each starts with an empty form.
  const [person, setPerson] = useState(0);
  return (
    <Drawer.Root opened={session !== undefined} onClose={onClose} position="right" size="34rem">
      <Drawer.Overlay />
      <Drawer.Content>
        {/* Mantine's own header is a second banner to screen readers. */}
        <div className={styles.head}>
          <Drawer.Title className={styles.title}>{t('title')}</Drawer.Title>
          <Drawer.CloseButton aria-label={t('close')} size="lg" />
        </div>
        <Drawer.Body>
          {session ? (
            <AddPersonSteps
              key={`${session.sessionId} ${person}`}
              session={session}
              centerId={centerId}
              now={now}
              onAnother={() => setPerson((count) => count + 1)}
              onClose={onClose}
            />
          ) : null}
        </Drawer.Body>
      </Drawer.Content>
    </Drawer.Root>
  );
}
