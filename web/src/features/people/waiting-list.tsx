import { Text, Title } from '@mantine/core';
import type { SentInvitation } from '../../../../shared/contracts/people.ts';
import { ActionButton } from '../../components/action-button.tsx';
import { Failure } from '../../components/failure.tsx';
import styles from '../../entities/people/people.module.css';
import { classes } from '../../lib/classes.ts';
import { instantText } from '../../lib/format.ts';
import { useLanguage, useTexts } from '../../lib/i18n.ts';
import { invitationTexts } from './invitation-texts.ts';
import { useEndInvitation } from './invitations.ts';

/** What of mine waits for somebody's answer. A number that nobody has waits in the same words. */
export function WaitingList({ invitations }: { invitations: SentInvitation[] }) {
  const t = useTexts(invitationTexts);
  const language = useLanguage();
  const withdraw = useEndInvitation('withdraw');
  if (invitations.length === 0) return withdraw.error ? <Failure error={withdraw.error} /> : null;
  return (
    <div className={styles.grants}>
      <Title order={3}>{t('waiting')}</Title>
      {withdraw.error ? <Failure error={withdraw.error} /> : null}
      <ul className="plain-list">
        {invitations.map((invitation) => {
          const { invitationId, kind, phoneMasked, subject, until } = invitation;
          const line = t(`wait.${kind}`, { phone: phoneMasked, subject: subject?.name ?? '' });
          return (
            <li key={invitationId} className={classes('card', styles.grant)}>
              <div>
                <Text fw={600}>{line}</Text>
                <Text size="sm" c="dimmed">
                  {t('until', { date: instantText(until, language) })}
                </Text>
              </div>
              <ActionButton
                variant="default"
                size="sm"
                pending={withdraw.isPending && withdraw.variables?.invitationId === invitationId}
                onClick={() => withdraw.mutate(invitation)}
                aria-label={`${t('withdraw')}: ${line}`}
              >
                {t('withdraw')}
              </ActionButton>
            </li>
          );
        })}
      </ul>
    </div>
  );
}
