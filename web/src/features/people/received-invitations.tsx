import { Button, Group, Text, Title } from '@mantine/core';
import { useRef, useState } from 'react';
import type { Invitation } from '../../../../shared/contracts/people.ts';
import { ActionButton } from '../../components/action-button.tsx';
import { ConfirmDialog } from '../../components/confirm-dialog.tsx';
import { Failure } from '../../components/failure.tsx';
import styles from '../../entities/people/people.module.css';
import { classes } from '../../lib/classes.ts';
import { instantText } from '../../lib/format.ts';
import { useLanguage, useTexts } from '../../lib/i18n.ts';
import { isProblem } from '../../lib/problem.ts';
import { invitationTexts } from './invitation-texts.ts';
import { useAccept, useEndInvitation } from './invitations.ts';
import { MergeGives } from './merge-gives.tsx';

/** What others ask of me, on top because somebody waits; says what came of my answer after the invitation is gone. */
export function ReceivedInvitations({ invitations }: { invitations: Invitation[] }) {
  const t = useTexts(invitationTexts);
  const [declining, setDeclining] = useState<Invitation>();
  const [outcome, setOutcome] = useState('');
  const status = useRef<HTMLDivElement>(null);
  const accept = useAccept();
  const decline = useEndInvitation('decline');
  // The button that was pressed leaves with its invitation; the outcome takes the focus in its place.
  const tell = (text: string) => {
    setOutcome(text);
    status.current?.focus();
  };
  const answered = accept.variables?.invitationId;
  const gone = accept.error && !invitations.some(({ invitationId }) => invitationId === answered);
  return (
    <section aria-labelledby={invitations.length > 0 ? 'received-heading' : undefined}>
      {invitations.length > 0 ? (
        <Title order={2} id="received-heading" mb="sm">
          {t('received')}
        </Title>
      ) : null}
      <ul className={classes('plain-list', styles.invitations)}>
        {invitations.map((invitation) => (
          <li key={invitation.invitationId} className={classes('card', styles.invitation)}>
            <InvitationText invitation={invitation} />
            {accept.error && answered === invitation.invitationId ? (
              <Failure error={accept.error} onRetry={() => accept.mutate(invitation)}>
                {isProblem(accept.error, 'already-in-household') && invitation.kind === 'household' ? (
                  <Text size="sm">{t('leaveFirst')}</Text>
                ) : null}
              </Failure>
            ) : null}
            <Group gap="sm" mt="sm">
              <ActionButton
                pending={accept.isPending && answered === invitation.invitationId}
                onClick={() =>
                  accept.mutate(invitation, {
                    onSuccess: ({ household, grant }) =>
                      tell(
                        household
                          ? t(invitation.kind === 'merge' ? 'done.merge' : 'done.household', {
                              household: household.name,
                            })
                          : t('done.grant', { subject: grant?.subject.name ?? '' }),
                      ),
                  })
                }
              >
                {t('accept')}
              </ActionButton>
              <Button variant="default" onClick={() => setDeclining(invitation)}>
                {t('decline')}
              </Button>
            </Group>
          </li>
        ))}
      </ul>
      {gone && accept.error ? <Failure error={accept.error} /> : null}
      <div role="status" ref={status} tabIndex={-1} className={styles.outcome}>
        {outcome ? <Text fw={600}>{outcome}</Text> : null}
      </div>
      <ConfirmDialog
        opened={declining !== undefined}
        title={t('declineTitle')}
        yes={t('declineYes')}
        no={t('declineNo')}
        pending={decline.isPending}
        error={decline.error}
        onYes={() =>
          declining &&
          decline.mutate(declining, {
            onSuccess: () => {
              setDeclining(undefined);
              tell(t('declined'));
            },
          })
        }
        onClose={() => setDeclining(undefined)}
      >
        <Text>{t('declineText')}</Text>
      </ConfirmDialog>
    </section>
  );
}

function InvitationText({ invitation }: { invitation: Invitation }) {
  const t = useTexts(invitationTexts);
  const language = useLanguage();
  const { kind, inviterName, householdName = '', subjectName = '' } = invitation;
  return (
    <>
      <Text fw={700}>{t(`ask.${kind}`, { inviter: inviterName, household: householdName, subject: subjectName })}</Text>
      <Text size="sm">{t(`mean.${kind}`, { household: householdName })}</Text>
      {invitation.gives ? <MergeGives gives={invitation.gives} /> : null}
      <Text size="sm" c="dimmed">
        {t('until', { date: instantText(invitation.until, language) })}
      </Text>
    </>
  );
}
