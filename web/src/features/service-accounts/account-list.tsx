import { Button, Group, Text, Title } from '@mantine/core';
import { useState } from 'react';
import { ConfirmDialog } from '../../components/confirm-dialog.tsx';
import { Failure } from '../../components/failure.tsx';
import { LoadingCards } from '../../components/loading.tsx';
import { classes } from '../../lib/classes.ts';
import { dayText, instantText } from '../../lib/format.ts';
import { useLanguage, useTexts } from '../../lib/i18n.ts';
import styles from './service-accounts.module.css';
import { type Account, type Scope, useAccounts, useEndAccount, type useRotateKey } from './service-accounts.ts';
import { serviceAccountTexts } from './texts.ts';

type Props = { scope: Scope; rotate: ReturnType<typeof useRotateKey>; onRotated: () => void };
type Asked = { account: Account; what: 'rotate' | 'end' };

/** The accounts of a post: what happened to each, a new key, its end. */
export function AccountList({ scope, rotate, onRotated }: Props) {
  const t = useTexts(serviceAccountTexts);
  const accounts = useAccounts(scope);
  const end = useEndAccount();
  const [asked, setAsked] = useState<Asked>();
  const doing = asked?.what === 'end' ? end : rotate;
  const word = asked?.what ?? 'rotate';
  const close = () => setAsked(undefined);
  const ask = (account: Account, what: Asked['what']) => {
    // A key on the screen stays there until another takes its place; a refusal of before does not.
    for (const one of [end, rotate]) if (one.error) one.reset();
    setAsked({ account, what });
  };
  const act = () => {
    if (asked?.what === 'end') end.mutate(asked.account.accountId, { onSuccess: close });
    if (asked?.what === 'rotate')
      rotate.mutate(asked.account.accountId, {
        onSuccess: () => {
          onRotated();
          close();
        },
      });
  };
  return (
    <section aria-labelledby="accounts-heading">
      <Title order={2} id="accounts-heading" mb="sm">
        {t('accounts')}
      </Title>
      {accounts.isLoading ? <LoadingCards count={2} height={72} /> : null}
      {accounts.error ? <Failure error={accounts.error} onRetry={() => void accounts.refetch()} /> : null}
      {accounts.data?.length === 0 ? <Text c="dimmed">{t('none')}</Text> : null}
      <ul className={classes('plain-list', styles.accounts)}>
        {accounts.data?.map((account) => (
          <AccountRow key={account.accountId} account={account} onAsk={(what) => ask(account, what)} />
        ))}
      </ul>
      <ConfirmDialog
        opened={asked !== undefined}
        title={t(`${word}Title`, { name: asked?.account.name ?? '' })}
        yes={t(`${word}Yes`)}
        no={t('keep')}
        pending={doing.isPending}
        error={doing.error}
        onYes={act}
        onClose={close}
      >
        <Text>{t(`${word}Text`)}</Text>
      </ConfirmDialog>
    </section>
  );
}

function AccountRow({ account, onAsk }: { account: Account; onAsk: (what: Asked['what']) => void }) {
  const t = useTexts(serviceAccountTexts);
  const language = useLanguage();
  const { name, accountId, history, lastUsedOn, endedAt } = account;
  return (
    <li className={classes('card', styles.account, endedAt ? styles.ended : undefined)}>
      <div>
        <Text fw={600}>{name}</Text>
        <Text size="sm" className={styles.secret}>
          {accountId}
        </Text>
        {history.map(({ what, at, by }) => (
          <Text key={`${what} ${at}`} size="sm" c="dimmed">
            {t(`event.${what}`, { time: instantText(at, language), name: by.name })}
          </Text>
        ))}
        <Text size="sm" c="dimmed">
          {lastUsedOn ? t('lastUsed', { day: dayText(lastUsedOn, language) }) : t('neverUsed')}
        </Text>
      </div>
      {endedAt ? null : (
        <Group gap="xs">
          <Button variant="default" size="sm" aria-label={t('rotateOf', { name })} onClick={() => onAsk('rotate')}>
            {t('rotate')}
          </Button>
          <Button variant="default" size="sm" aria-label={t('endOf', { name })} onClick={() => onAsk('end')}>
            {t('end')}
          </Button>
        </Group>
      )}
    </li>
  );
}
