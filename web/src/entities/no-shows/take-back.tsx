import { Button } from '@mantine/core';
import { useState } from 'react';
import type { BookingId, PersonId } from '../../../../shared/contracts/common.ts';
import { useTexts } from '../../lib/i18n.ts';
import { useDecideAppeal } from './no-shows.ts';
import { ReasonDialog } from './reason-dialog.tsx';
import { noShowTexts } from './texts.ts';

/** Undoes a mark that was a mistake, with a reason that the person reads. */
export function TakeBack({ personId, bookingId, name }: { personId: PersonId; bookingId: BookingId; name: string }) {
  const t = useTexts(noShowTexts);
  const decide = useDecideAppeal();
  const [asking, setAsking] = useState(false);
  return (
    <>
      <Button
        variant="subtle"
        size="sm"
        aria-label={t('takeBackOf', { name })}
        onClick={() => {
          decide.reset();
          setAsking(true);
        }}
      >
        {t('takeBack')}
      </Button>
      <ReasonDialog
        opened={asking}
        title={t('takeBackTitle', { name })}
        lead={t('takeBackText')}
        yes={t('takeBackYes')}
        no={t('takeBackNo')}
        pending={decide.isPending}
        error={decide.error}
        onYes={(reason) =>
          decide.mutate({ personId, bookingId, accept: true, reason }, { onSuccess: () => setAsking(false) })
        }
        onClose={() => setAsking(false)}
      />
    </>
  );
}
