import { NativeSelect, Stack, Text, TextInput } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { ActionButton } from '../../components/action-button.tsx';
import { ConfirmDialog } from '../../components/confirm-dialog.tsx';
import { FailedPage } from '../../components/failed-page.tsx';
import { TextLink } from '../../components/links.tsx';
import { LoadingPage } from '../../components/loading.tsx';
import { PageTitle } from '../../components/page-title.tsx';
import styles from '../../entities/waivers/waivers.module.css';
import { useWaivers } from '../../entities/waivers/waivers.ts';
import { useDraft } from '../../lib/draft.ts';
import { useTexts } from '../../lib/i18n.ts';
import { manageTexts } from './manage-texts.ts';
import { useManages, usePublishWaiver } from './managing.ts';
import { useScopeName } from './use-scope-name.ts';
import { isComplete, noWords, WaiverFields, wordsOf } from './waiver-fields.tsx';
import { NotYours } from './waivers-screen.tsx';

const emptyDraft = { ...noWords, waiverId: '', centerId: '' };
const isWaiverId = (id: string): boolean => /^[a-z0-9][a-z0-9-]{0,38}$/.test(id);

/** The first version of a waiver: of the city by a bureau, of a center by its staff. */
export function NewWaiverScreen() {
  const t = useTexts(manageTexts);
  const manages = useManages();
  if (manages.error) return <FailedPage error={manages.error} onRetry={manages.retry} />;
  if (manages.isPending) return <LoadingPage />;
  if (!manages.somewhere) return <NotYours />;
  return (
    <div className={styles.waiver}>
      <TextLink to="/waivers" size="sm">
        {t('back')}
      </TextLink>
      <PageTitle mb="xs">{t('newTitle')}</PageTitle>
      <Text mb="md">{t('newLead')}</Text>
      <NewWaiverForm scopes={[...(manages.city ? [''] : []), ...manages.centerIds]} />
    </div>
  );
}

/** `scopes`: ids of centers; the empty one is the city. */
function NewWaiverForm({ scopes }: { scopes: readonly string[] }) {
  const t = useTexts(manageTexts);
  const scopeName = useScopeName();
  const navigate = useNavigate();
  const { value, change, clear } = useDraft('waiver', emptyDraft);
  const [asked, setAsked] = useState(false);
  const [confirming, setConfirming] = useState(false);
  const all = useWaivers();
  const publish = usePublishWaiver();
  const waiverId = value.waiverId.trim();
  const centerId = scopes.includes(value.centerId) ? value.centerId : (scopes[0] ?? '');
  const isTaken = all.data?.some((one) => one.waiverId === waiverId) ?? false;
  const idError = isTaken ? t('idTaken') : isWaiverId(waiverId) ? undefined : t('idWrong');
  const submit = () => {
    setAsked(true);
    publish.reset();
    if (!idError && isComplete(value)) setConfirming(true);
  };
  const send = () => {
    if (publish.isPending) return;
    const scope = centerId ? { centerId } : {};
    publish.mutate(
      { waiverId, ...wordsOf(value), ...scope, replaces: 0 },
      {
        onSuccess: () => {
          clear();
          void navigate({ to: '/waivers/$waiverId/manage', params: { waiverId } });
        },
      },
    );
  };
  return (
    <form
      noValidate
      className="card"
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <Stack gap="md">
        <NativeSelect
          label={t('scope')}
          value={centerId}
          onChange={({ currentTarget }) => change({ centerId: currentTarget.value })}
          data={scopes.map((scope) => ({ value: scope, label: scopeName(scope || undefined) }))}
        />
        <TextInput
          label={t('id')}
          description={t('idHint')}
          autoCapitalize="none"
          spellCheck={false}
          maxLength={39}
          value={value.waiverId}
          error={(asked || isTaken) && idError}
          onChange={({ currentTarget }) => change({ waiverId: currentTarget.value })}
        />
        <WaiverFields words={value} asked={asked} onChange={change} />
        <ActionButton type="submit" size="lg" pending={publish.isPending}>
          {t('publishFirst')}
        </ActionButton>
      </Stack>
      <ConfirmDialog
        opened={confirming}
        title={t('confirmFirst')}
        yes={t('yes')}
        no={t('no')}
        pending={publish.isPending}
        error={publish.error}
        onYes={send}
        onClose={() => setConfirming(false)}
      >
        <Text>{t('confirmFirstText')}</Text>
      </ConfirmDialog>
    </form>
  );
}
