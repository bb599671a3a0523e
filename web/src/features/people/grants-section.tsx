import { Text, Title } from '@mantine/core';
import { useState } from 'react';
import type { Grant, Me, SentInvitation } from '../../../../shared/contracts/people.ts';
import { ConfirmDialog } from '../../components/confirm-dialog.tsx';
import { Failure } from '../../components/failure.tsx';
import { LoadingCards } from '../../components/loading.tsx';
import { peopleToSpeakFor } from '../../entities/people/abilities.ts';
import styles from '../../entities/people/people.module.css';
import { useTexts } from '../../lib/i18n.ts';
import { GiveGrant } from './give-grant.tsx';
import { GrantRow } from './grant-row.tsx';
import { useEndGrant, useGrants } from './grants.ts';
import { peopleTexts } from './texts.ts';
import { WaitingList } from './waiting-list.tsx';

const distinct = (grants: Grant[]): Grant[] => [...new Map(grants.map((grant) => [grant.grantId, grant])).values()];

/** Both sides of every grant, and ending one. */
export function GrantsSection({ me, waiting }: { me: Me; waiting: SentInvitation[] }) {
  const t = useTexts(peopleTexts);
  const ownId = me.person.personId;
  const grants = useGrants(peopleToSpeakFor(me).map(({ personId }) => personId));
  const [ending, setEnding] = useState<Grant>();
  const end = useEndGrant();
  const all = distinct(grants.all.flatMap(({ held, given }) => [...held, ...given]));
  const lists = [
    { name: 'given', none: 'givenNone', grants: all.filter(({ holder }) => holder.personId !== ownId) },
    { name: 'held', none: 'heldNone', grants: all.filter(({ holder }) => holder.personId === ownId) },
  ] as const;
  return (
    <section aria-labelledby="grants-heading" className={styles.section}>
      <Title order={2} id="grants-heading">
        {t('actTitle')}
      </Title>
      <Text mb="sm">{t('actLead')}</Text>
      {grants.isPending ? <LoadingCards count={2} height={64} /> : null}
      {grants.error ? <Failure error={grants.error} /> : null}
      {grants.isPending || grants.error
        ? null
        : lists.map((list) => (
            <div key={list.name} className={styles.grants}>
              <Title order={3}>{t(list.name)}</Title>
              {list.grants.length === 0 ? <Text c="dimmed">{t(list.none)}</Text> : null}
              <ul className="plain-list">
                {list.grants.map((grant) => (
                  <GrantRow key={grant.grantId} grant={grant} ownId={ownId} onEnd={() => setEnding(grant)} />
                ))}
              </ul>
            </div>
          ))}
      <WaitingList invitations={waiting} />
      <GiveGrant me={me} />
      <ConfirmDialog
        opened={ending !== undefined}
        title={t('endTitle')}
        yes={t('endYes')}
        no={t('endNo')}
        pending={end.isPending}
        error={end.error}
        onYes={() => ending && end.mutate(ending, { onSuccess: () => setEnding(undefined) })}
        onClose={() => setEnding(undefined)}
      >
        <Text>{ending ? t('endText', { holder: ending.holder.name, subject: ending.subject.name }) : ''}</Text>
      </ConfirmDialog>
    </section>
  );
}
