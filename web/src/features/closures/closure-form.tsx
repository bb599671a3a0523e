import { NativeSelect, Stack, Text, TextInput, Title } from '@mantine/core';
import { useState } from 'react';
import type { Room } from '../../../../shared/contracts/centers.ts';
import type { Closure } from '../../../../shared/contracts/closures.ts';
import type { CenterId } from '../../../../shared/contracts/common.ts';
import { ActionButton } from '../../components/action-button.tsx';
import { Failure } from '../../components/failure.tsx';
import { useTexts } from '../../lib/i18n.ts';
import { emptyDraft, scopeOf } from './closure-draft.ts';
import { ClosureFields } from './closure-fields.tsx';
import { PreviewList } from './closure-preview.tsx';
import styles from './closures.module.css';
import { useClose, usePreview } from './closures.ts';
import { closureTexts } from './texts.ts';

const LONGEST_REASON = 100;
const ANSWER_HOURS = [12, 24, 48, 72, 168];

type Props = { centerId: CenterId; rooms: readonly Room[]; today: string; onClosed: (closure: Closure) => void };

/** Say what and why, see who is affected and what each would get, then one button. A change asks for another look. */
export function ClosureForm({ centerId, rooms, today, onClosed }: Props) {
  const t = useTexts(closureTexts);
  const [draft, setDraft] = useState(() => emptyDraft(today));
  const [asked, setAsked] = useState(false);
  const preview = usePreview(centerId);
  const close = useClose(centerId);
  const what = scopeOf(draft);
  const reason = draft.reasonZh.trim();
  const shown = preview.data;
  const concerned = shown ? shown.totals.affected + shown.totals.inLine : 0;
  const isComplete = what !== undefined && reason !== '';
  const look = () => {
    setAsked(true);
    if (what && reason) preview.mutate(what);
  };
  const confirm = () => {
    if (!what) return;
    const en = draft.reasonEn.trim();
    close.mutate(
      { what, reason: { zh: reason, ...(en ? { en } : {}) }, answerWithinHours: draft.answerWithinHours },
      { onSuccess: onClosed },
    );
  };
  const change = (changes: Partial<typeof draft>, asksAgain = true) => {
    setDraft((before) => ({ ...before, ...changes }));
    if (asksAgain) preview.reset();
    close.reset();
  };
  return (
    <section className="card" aria-labelledby="closure-new">
      <Title order={2} id="closure-new" mb="sm">
        {t('new')}
      </Title>
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          look();
        }}
      >
        <Stack gap="md">
          <ClosureFields centerId={centerId} rooms={rooms} today={today} draft={draft} onChange={change} />
          <TextInput
            label={t('reason')}
            description={t('reasonHint')}
            maxLength={LONGEST_REASON}
            value={draft.reasonZh}
            onChange={({ currentTarget: { value } }) => change({ reasonZh: value }, false)}
          />
          <div className={styles.pair}>
            <TextInput
              label={t('reasonEn')}
              lang="en"
              maxLength={LONGEST_REASON}
              value={draft.reasonEn}
              onChange={({ currentTarget: { value } }) => change({ reasonEn: value }, false)}
            />
            <NativeSelect
              label={t('within')}
              value={String(draft.answerWithinHours)}
              onChange={({ currentTarget: { value } }) => change({ answerWithinHours: Number(value) }, false)}
              data={ANSWER_HOURS.map((count) => ({ value: String(count), label: t('hours', { count }) }))}
            />
          </div>
          {asked && !isComplete ? (
            <Text role="alert" c="var(--lychee)">
              {t('missing')}
            </Text>
          ) : null}
          {preview.error ? <Failure error={preview.error} onRetry={look} /> : null}
          {shown ? null : (
            <ActionButton type="submit" pending={preview.isPending} className={styles.action}>
              {t('look')}
            </ActionButton>
          )}
        </Stack>
      </form>
      <div role="status">{shown ? <PreviewList preview={shown} /> : null}</div>
      {close.error ? <Failure error={close.error} onRetry={confirm} /> : null}
      {shown ? (
        <ActionButton
          color="lychee"
          size="lg"
          className={styles.action}
          pending={close.isPending}
          onClick={() => (isComplete ? confirm() : setAsked(true))}
        >
          {concerned > 0 ? t('confirm', { count: concerned }) : t('confirmNobody')}
        </ActionButton>
      ) : null}
    </section>
  );
}
