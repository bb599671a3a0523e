import { Button, Stack, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { ConfirmDialog } from '../../components/confirm-dialog.tsx';
import { TextLink } from '../../components/links.tsx';
import { inLanguage } from '../../lib/format.ts';
import { useLanguage, useTexts } from '../../lib/i18n.ts';
import { waiverTexts } from './texts.ts';
import styles from './waivers.module.css';
import { type MissingWaivers, useSign } from './waivers.ts';

type Props = {
  missing: MissingWaivers;
  /** Whose check-in was refused. */
  name: string;
  /** Once everything is signed: check in again. */
  onSigned: () => void;
};

/** The way out of a check-in that was refused for want of a signature: on the parent's phone, or on paper that staff record. */
export function WaiverMissing({ missing: { personId, missing }, name, onSigned }: Props) {
  const t = useTexts(waiverTexts);
  const language = useLanguage();
  const [recording, setRecording] = useState(false);
  const [signedName, setSignedName] = useState('');
  const [reason, setReason] = useState(t('paperReasonPreset'));
  const sign = useSign();
  const titles = missing.map(({ title }) => `《${inLanguage(title, language)}》`).join('');
  const record = async () => {
    if (!signedName.trim() || !reason.trim() || sign.isPending) return;
    const paper = { reason: reason.trim() };
    for (const { waiverId, version } of missing)
      await sign.mutateAsync({ personId, waiverId, version, signedName: signedName.trim(), paper });
    setRecording(false);
    onSigned();
  };
  return (
    <div className={styles.waiverMissing}>
      <Text size="sm" component="div">
        {t('deskWays')}
      </Text>
      <p className={styles.waiverMissingWays}>
        <Button size="sm" variant="default" onClick={() => setRecording(true)}>
          {t('deskPaper')}
        </Button>
        {missing.map(({ waiverId, title }) => (
          <TextLink key={waiverId} size="sm" to="/waivers/$waiverId" params={{ waiverId }} target="_blank">
            {t('deskPrint')} {inLanguage(title, language)}
          </TextLink>
        ))}
      </p>
      <ConfirmDialog
        opened={recording}
        title={t('paperTitle', { titles })}
        yes={t('paperYes')}
        no={t('paperNo')}
        pending={sign.isPending}
        error={sign.error}
        // A refusal stays in `sign.error`, which the dialog shows.
        onYes={() => void record().catch(() => undefined)}
        onClose={() => setRecording(false)}
      >
        <Stack gap="sm">
          <Text size="sm">{t('paperText', { name })}</Text>
          <TextInput
            label={t('paperName')}
            value={signedName}
            maxLength={40}
            onChange={({ currentTarget }) => setSignedName(currentTarget.value)}
          />
          <TextInput
            label={t('paperReason')}
            value={reason}
            maxLength={200}
            onChange={({ currentTarget }) => setReason(currentTarget.value)}
          />
        </Stack>
      </ConfirmDialog>
    </div>
  );
}
