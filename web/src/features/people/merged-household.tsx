import { Button, Text, Title } from '@mantine/core';
import { useState } from 'react';
import type { HouseholdId } from '../../../../shared/contracts/common.ts';
import type { Household } from '../../../../shared/contracts/people.ts';
import { civilNow, daysBetween } from '../../../../shared/kernel/days.ts';
import { ConfirmDialog } from '../../components/confirm-dialog.tsx';
import styles from '../../entities/people/people.module.css';
import { classes } from '../../lib/classes.ts';
import { instantText } from '../../lib/format.ts';
import { useLanguage, useTexts } from '../../lib/i18n.ts';
import { CITY_ZONE, useCityNow } from '../../lib/today.ts';
import { grantTexts } from './grant-texts.ts';
import { useUndoMerge } from './household.ts';

type Props = { householdId: HouseholdId; merge: NonNullable<Household['merge']>; onUndone: (text: string) => void };

/** What a merge has brought and what undoing it takes back, as long as it can be undone. */
export function MergedHousehold({ householdId, merge, onUndone }: Props) {
  const t = useTexts(grantTexts);
  const language = useLanguage();
  const { date } = useCityNow();
  const [asking, setAsking] = useState(false);
  const undo = useUndoMerge(householdId, merge.mergeId);
  const names = (people: { name: string }[]) => people.map(({ name }) => name).join(t('between'));
  const count = daysBetween(date, civilNow(new Date(merge.undoUntil), CITY_ZONE).date);
  const until = instantText(merge.undoUntil, language);
  const consequences = (
    <>
      <Text size="sm">{t('mergedMembers', { name: merge.fromName, people: names(merge.members) })}</Text>
      {merge.grants.length > 0 ? <Text size="sm">{t('mergedGrants', { people: names(merge.grants) })}</Text> : null}
    </>
  );
  return (
    <div className={classes('card', styles.form)}>
      <Title order={3}>{t('mergedTitle', { name: merge.fromName })}</Title>
      <Text mb="xs">{count > 0 ? t('mergedDays', { count, date: until }) : t('mergedLast', { date: until })}</Text>
      {consequences}
      <Button mt="sm" variant="outline" color="lychee" onClick={() => setAsking(true)}>
        {t('mergedUndo')}
      </Button>
      <ConfirmDialog
        opened={asking}
        title={t('mergedUndoTitle', { name: merge.fromName })}
        yes={t('mergedYes')}
        no={t('mergedNo')}
        pending={undo.isPending}
        error={undo.error}
        onYes={() => undo.mutate(undefined, { onSuccess: () => onUndone(t('mergedUndone')) })}
        onClose={() => {
          setAsking(false);
          undo.reset();
        }}
      >
        {consequences}
      </ConfirmDialog>
    </div>
  );
}
