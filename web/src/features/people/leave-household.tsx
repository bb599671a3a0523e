import { Button, Text } from '@mantine/core';
import { useState } from 'react';
import type { Household } from '../../../../shared/contracts/people.ts';
import { ConfirmDialog } from '../../components/confirm-dialog.tsx';
import { useTexts } from '../../lib/i18n.ts';
import { invitationTexts } from './invitation-texts.ts';
import { useLeaveHousehold } from './invitations.ts';

export function LeaveHousehold({ household, onLeft }: { household: Household; onLeft: (text: string) => void }) {
  const t = useTexts(invitationTexts);
  const [asking, setAsking] = useState(false);
  const leave = useLeaveHousehold(household.householdId);
  return (
    <>
      <Button variant="subtle" color="lychee" onClick={() => setAsking(true)}>
        {t('leave')}
      </Button>
      <ConfirmDialog
        opened={asking}
        title={t('leaveTitle', { household: household.name })}
        yes={t('leaveYes')}
        no={t('leaveNo')}
        pending={leave.isPending}
        error={leave.error}
        onYes={() => leave.mutate(undefined, { onSuccess: () => onLeft(t('left')) })}
        onClose={() => {
          setAsking(false);
          leave.reset();
        }}
      >
        <Text>{t('leaveText')}</Text>
      </ConfirmDialog>
    </>
  );
}
