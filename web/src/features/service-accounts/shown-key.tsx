import { Button, Stack, Text, TextInput, Title } from '@mantine/core';
import { IconCopy } from '@tabler/icons-react';
import { useRef, useState } from 'react';
import { useTexts } from '../../lib/i18n.ts';
import styles from './service-accounts.module.css';
import type { Account } from './service-accounts.ts';
import { serviceAccountTexts } from './texts.ts';

/** A key that was told just now; without one when the answer that had it was lost. */
type Told = { account: Account; secret: string | undefined; title: 'created' | 'rotated' };

/** A key, this once, and where it goes. */
export function ShownKey({ told }: { told: Told | undefined }) {
  const t = useTexts(serviceAccountTexts);
  return (
    <section className={styles.shownKey}>
      <div role="status">
        {told ? (
          <>
            <Title order={2}>{t(told.title, { name: told.account.name })}</Title>
            <Text size="sm">{t(told.secret ? 'once' : 'lost')}</Text>
          </>
        ) : null}
      </div>
      {told?.secret ? <Secret key={told.secret} accountId={told.account.accountId} secret={told.secret} /> : null}
    </section>
  );
}

function Secret({ accountId, secret }: { accountId: string; secret: string }) {
  const t = useTexts(serviceAccountTexts);
  const field = useRef<HTMLInputElement>(null);
  const [copied, setCopied] = useState(false);
  const copy = async () => {
    // Selected as well: where the page may not write to the clipboard, the person copies it.
    field.current?.select();
    try {
      await navigator.clipboard.writeText(secret);
      setCopied(true);
    } catch {
      setCopied(false);
    }
  };
  return (
    <Stack gap="sm" mt="sm">
      <TextInput label={t('accountId')} readOnly value={accountId} classNames={{ input: styles.secret }} />
      <TextInput ref={field} label={t('key')} readOnly value={secret} classNames={{ input: styles.secret }} />
      <Button onClick={() => void copy()} leftSection={<IconCopy size="1.125rem" aria-hidden />}>
        {t('copy')}
      </Button>
      <div role="status">{copied ? <Text fw={600}>{t('copied')}</Text> : null}</div>
    </Stack>
  );
}
