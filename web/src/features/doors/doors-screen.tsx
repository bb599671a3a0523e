import { Button, Group, Text, Title } from '@mantine/core';
import { useParams } from '@tanstack/react-router';
import { useState } from 'react';
import type { Room } from '../../../../shared/contracts/centers.ts';
import type { CenterId } from '../../../../shared/contracts/common.ts';
import type { DoorKey } from '../../../../shared/contracts/doors.ts';
import { ConfirmDialog } from '../../components/confirm-dialog.tsx';
import { FailedPage } from '../../components/failed-page.tsx';
import { Failure } from '../../components/failure.tsx';
import { ButtonLink, TextLink } from '../../components/links.tsx';
import { LoadingPage } from '../../components/loading.tsx';
import { PageTitle } from '../../components/page-title.tsx';
import { useCenter } from '../../entities/centers/centers.ts';
import { NoDesk } from '../../entities/desks/no-desk.tsx';
import { useDesks } from '../../entities/desks/use-desks.ts';
import { doorTexts } from '../../entities/doors/texts.ts';
import { classes } from '../../lib/classes.ts';
import { inLanguage, instantText } from '../../lib/format.ts';
import { useLanguage, useTexts } from '../../lib/i18n.ts';
import { useDoorKeys, useRevokeDoorKey } from './door-keys.ts';
import styles from './doors.module.css';
import { MakeKey } from './make-key.tsx';

/** The locks of a center's rooms: a key for each, made and ended by its staff. */
export function DoorsScreen() {
  const t = useTexts(doorTexts);
  const { centerId } = useParams({ from: '/shell/signed-in/desk/$centerId/doors' });
  const { desks, error, retry } = useDesks();
  const center = useCenter(centerId);
  const failed = error ?? center.error;
  if (failed) return <FailedPage error={failed} onRetry={() => (error ? retry() : void center.refetch())} />;
  if (!desks || !center.data) return <LoadingPage />;
  if (!desks.some((desk) => desk.centerId === centerId)) return <NoDesk />;
  return (
    <div className={styles.doors}>
      <TextLink to="/desk/$centerId" params={{ centerId }} size="sm">
        {t('back')}
      </TextLink>
      <PageTitle mb="xs">{t('title')}</PageTitle>
      <Text mb="lg">{t('lead')}</Text>
      <MakeKey centerId={centerId} rooms={center.data.rooms} />
      <Keys centerId={centerId} rooms={center.data.rooms} />
    </div>
  );
}

function Keys({ centerId, rooms }: { centerId: CenterId; rooms: Room[] }) {
  const t = useTexts(doorTexts);
  const language = useLanguage();
  const keys = useDoorKeys(centerId);
  const revoke = useRevokeDoorKey(centerId);
  const [ending, setEnding] = useState<DoorKey>();
  const nameOf = (key: DoorKey) => {
    const room = rooms.find(({ roomId }) => roomId === key.roomId);
    return `${room ? inLanguage(room.name, language) : key.roomId} · ${key.label}`;
  };
  return (
    <section aria-labelledby="keys-heading">
      <Title order={2} id="keys-heading" mb="sm">
        {t('keys')}
      </Title>
      {keys.error ? <Failure error={keys.error} onRetry={() => void keys.refetch()} /> : null}
      {keys.data?.length === 0 ? <Text c="dimmed">{t('none')}</Text> : null}
      <ul className={classes('plain-list', styles.keys)}>
        {keys.data?.map((key) => (
          <li key={key.keyId} className={classes('card', styles.key, key.revokedAt ? styles.keyEnded : undefined)}>
            <div>
              <Text fw={600}>{nameOf(key)}</Text>
              <Text size="sm" c="dimmed">
                {key.revokedAt
                  ? t('ended', { time: instantText(key.revokedAt, language) })
                  : t('since', { time: instantText(key.createdAt, language) })}
              </Text>
            </div>
            {key.revokedAt ? null : (
              <Group gap="xs">
                <ButtonLink variant="subtle" size="sm" to="/calendars" search={{ room: key.roomId }}>
                  {t('subscribe')}
                </ButtonLink>
                <Button
                  variant="default"
                  size="sm"
                  aria-label={t('revokeOf', { name: nameOf(key) })}
                  onClick={() => setEnding(key)}
                >
                  {t('revoke')}
                </Button>
              </Group>
            )}
          </li>
        ))}
      </ul>
      <ConfirmDialog
        opened={ending !== undefined}
        title={t('revokeTitle')}
        yes={t('revokeYes')}
        no={t('revokeNo')}
        pending={revoke.isPending}
        error={revoke.error}
        onYes={() => ending && revoke.mutate(ending, { onSuccess: () => setEnding(undefined) })}
        onClose={() => setEnding(undefined)}
      >
        <Text>{t('revokeText')}</Text>
      </ConfirmDialog>
    </section>
  );
}
