import { List } from '@mantine/core';
import '@mantine/core/styles/List.layer.css';
import type { Household, Me } from '../../../../shared/contracts/people.ts';
import { peopleToSpeakFor } from '../../entities/people/abilities.ts';
import { useDraft } from '../../lib/draft.ts';
import { useTexts } from '../../lib/i18n.ts';
import { invitationTexts } from './invitation-texts.ts';
import { useInvite } from './invitations.ts';
import { InviteForm } from './invite-form.tsx';

const empty = { phone: '' };

/** Asks an adult of another household to bring all of it, and says before what that will give them. */
export function InviteMerge({ household, me }: { household: Household; me: Me }) {
  const t = useTexts(invitationTexts);
  const { value, change, clear } = useDraft('merge', empty);
  const invite = useInvite(household.householdId, 'merge');
  const spoken = new Set(peopleToSpeakFor(me).map(({ personId }) => personId));
  const children = household.members.filter(({ role, personId }) => role === 'child' && spoken.has(personId));
  const send = (onSent: () => void) =>
    invite.mutate(value.phone, {
      onSuccess: () => {
        clear();
        onSent();
      },
    });
  const words = {
    title: t('mergeTitle'),
    hint: t('mergeHint'),
    phone: t('phone'),
    send: t('send'),
    sent: t('mergeSent'),
  };
  return (
    <InviteForm
      words={words}
      phone={value.phone}
      onPhone={(phone) => change({ phone })}
      invitation={invite}
      send={send}
    >
      <List size="sm">
        <List.Item>{t('mergeGives1', { household: household.name })}</List.Item>
        <List.Item>
          {children.length > 0
            ? t('mergeGives2', { children: children.map(({ name }) => name).join(t('between')) })
            : t('mergeGives2None')}
        </List.Item>
        <List.Item>{t('mergeElders')}</List.Item>
        <List.Item>{t('mergeGives3')}</List.Item>
      </List>
    </InviteForm>
  );
}
