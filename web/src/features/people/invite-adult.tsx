import type { HouseholdId } from '../../../../shared/contracts/common.ts';
import { useDraft } from '../../lib/draft.ts';
import { useTexts } from '../../lib/i18n.ts';
import { invitationTexts } from './invitation-texts.ts';
import { useInvite } from './invitations.ts';
import { InviteForm } from './invite-form.tsx';

const empty = { phone: '' };

/** Asks another adult into the household. */
export function InviteAdult({ householdId }: { householdId: HouseholdId }) {
  const t = useTexts(invitationTexts);
  const { value, change, clear } = useDraft('invite', empty);
  const invite = useInvite(householdId, 'household');
  const send = (onSent: () => void) =>
    invite.mutate(value.phone, {
      onSuccess: () => {
        clear();
        onSent();
      },
    });
  const words = { title: t('inviteTitle'), hint: t('inviteHint'), phone: t('phone'), send: t('send'), sent: t('sent') };
  return (
    <InviteForm
      words={words}
      phone={value.phone}
      onPhone={(phone) => change({ phone })}
      invitation={invite}
      send={send}
    />
  );
}
