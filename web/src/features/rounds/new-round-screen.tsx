import { Stack, Text, Textarea, TextInput } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { ActionButton } from '../../components/action-button.tsx';
import { Empty } from '../../components/empty.tsx';
import { Failure } from '../../components/failure.tsx';
import { TextLink } from '../../components/links.tsx';
import { LoadingPage } from '../../components/loading.tsx';
import { PageTitle } from '../../components/page-title.tsx';
import { useMe } from '../../entities/people/me.ts';
import { useDraft } from '../../lib/draft.ts';
import { useTexts } from '../../lib/i18n.ts';
import { useOpenRound } from './managing.ts';
import { emptyDraft, type RoundDraft, requestOf } from './round-draft.ts';
import styles from './rounds.module.css';
import { SessionChoice } from './session-choice.tsx';
import { roundStaffTexts } from './staff-texts.ts';
import { roundTexts } from './texts.ts';
import { useMayAllocate } from './use-may-allocate.ts';

/** Where the education bureau and the staff of a center open a round. */
export function NewRoundScreen() {
  const t = useTexts(roundStaffTexts);
  const words = useTexts(roundTexts);
  const me = useMe();
  const allocates = useMayAllocate();
  if (me.isPending) return <LoadingPage />;
  if (!allocates.somewhere) {
    return (
      <Empty title={t('notYours')}>
        <Text>{t('notYoursText')}</Text>
      </Empty>
    );
  }
  return (
    <>
      <TextLink to="/rounds" size="sm">
        {words('back')}
      </TextLink>
      <PageTitle mb="xs">{t('open')}</PageTitle>
      <Text mb="md">{t('openLead')}</Text>
      <RoundForm />
    </>
  );
}

function RoundForm() {
  const t = useTexts(roundStaffTexts);
  const navigate = useNavigate();
  const { value, change, clear } = useDraft('round', emptyDraft);
  const [asked, setAsked] = useState(false);
  const open = useOpenRound();
  const result = requestOf(value);
  const wrong = asked && 'wrong' in result ? result.wrong : [];
  const update = (part: Partial<RoundDraft>) => {
    open.reset();
    change(part);
  };
  const submit = () => {
    setAsked(true);
    if (!('request' in result) || open.isPending) return;
    open.mutate(result.request, {
      onSuccess: ({ round }) => {
        clear();
        void navigate({ to: '/rounds/$roundId', params: { roundId: round.roundId } });
      },
    });
  };
  const text = (name: 'titleZh' | 'titleEn' | 'opensAt' | 'closesAt' | 'drawsAt') => ({
    label: t(name),
    value: value[name],
    onChange: ({ currentTarget }: { currentTarget: HTMLInputElement }) => update({ [name]: currentTarget.value }),
  });
  const titleError = wrong.includes('title') ? t('titleMissing') : undefined;
  const timesError = wrong.includes('times') ? t('timesMissing') : undefined;
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <Stack gap="md">
        <div className={styles.columns}>
          <TextInput {...text('titleZh')} maxLength={60} error={titleError} />
          <TextInput {...text('titleEn')} maxLength={60} error={titleError} />
        </div>
        <div className={styles.columns}>
          <TextInput {...text('opensAt')} type="datetime-local" error={timesError} />
          <TextInput {...text('closesAt')} type="datetime-local" error={timesError} />
          <TextInput {...text('drawsAt')} type="datetime-local" description={t('drawsAtHint')} error={timesError} />
        </div>
        <Textarea
          size="md"
          label={t('groups')}
          description={t('groupsHint')}
          placeholder={t('groupsExample')}
          rows={3}
          value={value.groups}
          onChange={({ currentTarget }) => update({ groups: currentTarget.value })}
          error={wrong.includes('groups') ? t('groupsWrong') : undefined}
        />
        <SessionChoice
          chosen={value.sessionIds}
          error={wrong.includes('sessions') ? t('sessionsMissing') : undefined}
          onChange={(sessionIds) => update({ sessionIds })}
        />
        {open.error ? <Failure error={open.error} onRetry={submit} /> : null}
        <ActionButton type="submit" size="lg" pending={open.isPending}>
          {t('send')}
        </ActionButton>
      </Stack>
    </form>
  );
}
