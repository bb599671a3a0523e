import { Button, Group, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import type { Me } from '../../../../shared/contracts/people.ts';
import type { Application, Round } from '../../../../shared/contracts/rounds.ts';
import { ActionButton } from '../../components/action-button.tsx';
import { ConfirmDialog } from '../../components/confirm-dialog.tsx';
import { ButtonLink } from '../../components/links.tsx';
import { inLanguage } from '../../lib/format.ts';
import { useLanguage, useTexts } from '../../lib/i18n.ts';
import { useChange, useWithdraw } from './applying.ts';
import { GroupField } from './group-field.tsx';
import { OwnResult } from './own-result.tsx';
import styles from './rounds.module.css';
import { roundTexts } from './texts.ts';
import { useSessionText } from './use-session-text.ts';
import { WishFields } from './wish-fields.tsx';
import { WishRefused } from './wish-refused.tsx';

type Props = { round: Round; application: Application; people: Me['actsFor'] };

/** One application: its code, its wishes, its group; in the window with ways to change it, after the draw with what came of it. */
export function OwnApplication({ round, application, people }: Props) {
  const t = useTexts(roundTexts);
  const language = useLanguage();
  const sessionText = useSessionText();
  const [editing, setEditing] = useState(false);
  const [asking, setAsking] = useState(false);
  const withdraw = useWithdraw(round.roundId, application.applicationId);
  const group = round.groups.find(({ groupId }) => groupId === application.groupId);
  const ids = application.children.map(({ personId }) => personId);
  const children = people.filter(({ personId }) => ids.includes(personId));
  return (
    <Stack gap="xs" align="stretch">
      <h3 className={styles.ownNames}>
        {application.children.map(({ name }) => name).join(language === 'zh' ? '、' : ', ')}
      </h3>
      <OwnResult round={round} application={application} />
      <Text size="sm">
        {t('code')} <code className={styles.hash}>{application.applicationId}</code>
        <br />
        {t('codeNote')}
      </Text>
      {group ? (
        <Text size="sm">
          {t('group')} · {inLanguage(group.name, language)} · {t(application.confirmed ? 'confirmed' : 'unconfirmed')}
        </Text>
      ) : null}
      {editing ? (
        <EditWishes round={round} application={application} people={children} onDone={() => setEditing(false)} />
      ) : (
        <ol className={styles.wishes}>
          {application.wishes.map((wish) => {
            const session = round.sessions.find(({ sessionId }) => sessionId === wish);
            return (
              <li key={wish} data-wish={wish}>
                {session ? sessionText(session) : wish}
              </li>
            );
          })}
        </ol>
      )}
      {round.phase === 'open' && !editing ? (
        <Group>
          <Button variant="default" onClick={() => setEditing(true)}>
            {t('change')}
          </Button>
          <Button variant="subtle" color="lychee" onClick={() => setAsking(true)}>
            {t('withdraw')}
          </Button>
        </Group>
      ) : null}
      {hasPlace(application) ? <ButtonLink to="/bookings">{t('toBookings')}</ButtonLink> : null}
      <ConfirmDialog
        opened={asking}
        title={t('withdrawTitle')}
        yes={t('withdrawYes')}
        no={t('withdrawNo')}
        pending={withdraw.isPending}
        error={withdraw.error}
        onYes={() => withdraw.mutate(undefined, { onSuccess: () => setAsking(false) })}
        onClose={() => setAsking(false)}
      >
        <Text>{t('withdrawText')}</Text>
      </ConfirmDialog>
    </Stack>
  );
}

const hasPlace = ({ result, children }: Application): boolean =>
  result?.sessionId !== undefined && (result.lost?.length ?? 0) < children.length;

function EditWishes({ round, application, people, onDone }: Props & { onDone: () => void }) {
  const t = useTexts(roundTexts);
  const [wishes, setWishes] = useState(application.wishes);
  const [groupId, setGroupId] = useState(application.groupId ?? '');
  const change = useChange(round.roundId, application.applicationId);
  const save = () => {
    if (wishes.length === 0) return;
    change.mutate({ wishes, ...(groupId ? { groupId } : {}) }, { onSuccess: onDone });
  };
  return (
    <Stack>
      <WishFields
        round={round}
        people={people}
        wishes={wishes}
        missing={wishes.length === 0}
        onChange={(list) => setWishes(list)}
      />
      <GroupField round={round} value={groupId} onChange={setGroupId} />
      {change.error ? (
        <WishRefused
          error={change.error}
          round={round}
          people={people}
          onRetry={save}
          onRemove={(wish) => {
            change.reset();
            setWishes(wishes.filter((other) => other !== wish));
          }}
        />
      ) : null}
      <Group>
        <ActionButton pending={change.isPending} onClick={save}>
          {t('saveChange')}
        </ActionButton>
        <Button variant="default" onClick={onDone}>
          {t('keep')}
        </Button>
      </Group>
    </Stack>
  );
}
