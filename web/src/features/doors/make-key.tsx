import { NativeSelect, Stack, Text, TextInput, Title } from '@mantine/core';
import { useState } from 'react';
import type { Room } from '../../../../shared/contracts/centers.ts';
import type { CenterId } from '../../../../shared/contracts/common.ts';
import { ActionButton } from '../../components/action-button.tsx';
import { Failure } from '../../components/failure.tsx';
import { doorTexts } from '../../entities/doors/texts.ts';
import { classes } from '../../lib/classes.ts';
import { inLanguage } from '../../lib/format.ts';
import { useLanguage, useTexts } from '../../lib/i18n.ts';
import { useMakeDoorKey } from './door-keys.ts';
import styles from './doors.module.css';

const LONGEST_LABEL = 40;

/** A new key for the lock of one room, shown this once. */
export function MakeKey({ centerId, rooms }: { centerId: CenterId; rooms: Room[] }) {
  const t = useTexts(doorTexts);
  const language = useLanguage();
  const make = useMakeDoorKey(centerId);
  const [chosen, setChosen] = useState<string>();
  const [label, setLabel] = useState('');
  const [asked, setAsked] = useState(false);
  const roomId = chosen ?? rooms[0]?.roomId ?? '';
  const nameOf = (id: string) => {
    const room = rooms.find((it) => it.roomId === id);
    return room ? inLanguage(room.name, language) : id;
  };
  const send = () => {
    setAsked(true);
    if (!label.trim() || make.isPending) return;
    make.mutate(
      { roomId, label: label.trim() },
      {
        onSuccess: () => {
          setLabel('');
          setAsked(false);
        },
      },
    );
  };
  return (
    <section className={classes('card', styles.make)}>
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          send();
        }}
      >
        <Stack gap="md">
          <NativeSelect
            label={t('room')}
            value={roomId}
            onChange={({ currentTarget }) => setChosen(currentTarget.value)}
            data={rooms.map((room) => ({ value: room.roomId, label: inLanguage(room.name, language) }))}
          />
          <TextInput
            label={t('label')}
            description={t('labelHint')}
            error={asked && !label.trim() ? t('labelMissing') : undefined}
            maxLength={LONGEST_LABEL}
            value={label}
            onChange={({ currentTarget }) => setLabel(currentTarget.value)}
          />
          {make.error ? <Failure error={make.error} onRetry={send} /> : null}
          <ActionButton type="submit" pending={make.isPending}>
            {t('make')}
          </ActionButton>
        </Stack>
      </form>
      <div role="status">
        {make.data ? <Title order={2}>{t('made', { room: nameOf(make.data.roomId) })}</Title> : null}
      </div>
      {make.data ? (
        <Stack gap="sm">
          <Text size="sm">{t('once')}</Text>
          <TextInput label={t('key')} readOnly value={make.data.key} classNames={{ input: styles.secret }} />
          <TextInput
            label={t('address')}
            readOnly
            value={`${globalThis.location.origin}/v1/doors/${make.data.roomId}/entries`}
            classNames={{ input: styles.secret }}
          />
        </Stack>
      ) : null}
    </section>
  );
}
