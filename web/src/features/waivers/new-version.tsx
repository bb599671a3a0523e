import { Button, Stack, Text, Title } from '@mantine/core';
import { useState } from 'react';
import type { WaiverWithText } from '../../../../shared/contracts/waivers.ts';
import { ActionButton } from '../../components/action-button.tsx';
import { ConfirmDialog } from '../../components/confirm-dialog.tsx';
import styles from '../../entities/people/people.module.css';
import { useDraft } from '../../lib/draft.ts';
import { useTexts } from '../../lib/i18n.ts';
import { isProblem } from '../../lib/problem.ts';
import { manageTexts } from './manage-texts.ts';
import { usePublishWaiver } from './managing.ts';
import { isComplete, WaiverFields, type WaiverWords, wordsOf } from './waiver-fields.tsx';

type Props = { inForce: WaiverWithText; onPublished: (version: number) => void; onOutdated: () => void };

/** Changes the words of a waiver and puts them out as its next version, once asked what that means. */
export function NewVersion({ inForce, onPublished, onOutdated }: Props) {
  const t = useTexts(manageTexts);
  const { waiverId, version, title, text, centerId } = inForce;
  const [stored] = useState<WaiverWords>({
    titleZh: title.zh,
    titleEn: title.en,
    textZh: text.zh,
    textEn: text.en,
  });
  const { value, change, clear } = useDraft(`waiver.${waiverId}.${version}`, stored);
  const [asked, setAsked] = useState(false);
  const [confirming, setConfirming] = useState(false);
  const publish = usePublishWaiver();
  const words = wordsOf(value);
  const isUnchanged = JSON.stringify(words) === JSON.stringify(wordsOf(stored));
  const next = version + 1;
  const submit = () => {
    setAsked(true);
    publish.reset();
    if (!isUnchanged && isComplete(value)) setConfirming(true);
  };
  const send = () => {
    if (publish.isPending) return;
    publish.mutate(
      { waiverId, ...words, ...(centerId ? { centerId } : {}), replaces: version },
      {
        onSuccess: () => {
          clear();
          setConfirming(false);
          onPublished(next);
        },
      },
    );
  };
  return (
    <section aria-labelledby="new-version-heading" className={styles.section}>
      <Title order={2} id="new-version-heading" mb="xs">
        {t('newVersion')}
      </Title>
      <Text mb="sm">{t('newVersionLead')}</Text>
      <form
        noValidate
        className="card"
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
      >
        <Stack gap="md">
          <WaiverFields words={value} asked={asked} onChange={change} />
          <div role="alert">{asked && isUnchanged ? <Text c="lychee">{t('unchanged')}</Text> : null}</div>
          <ActionButton type="submit" size="lg" pending={publish.isPending}>
            {t('publishVersion', { version: next })}
          </ActionButton>
        </Stack>
      </form>
      <ConfirmDialog
        opened={confirming}
        title={t('confirmVersion', { version: next })}
        yes={t('yes')}
        no={t('no')}
        pending={publish.isPending}
        error={publish.error}
        onYes={send}
        onClose={() => setConfirming(false)}
      >
        <Text>{t('confirmVersionText')}</Text>
        {isProblem(publish.error, 'changed-meanwhile') ? (
          <Button size="sm" variant="default" mt="sm" onClick={onOutdated}>
            {t('reload')}
          </Button>
        ) : null}
      </ConfirmDialog>
    </section>
  );
}
