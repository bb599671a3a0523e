import { Button, Group, Text, TextInput } from '@mantine/core';
import { IconCalendarPlus, IconCopy } from '@tabler/icons-react';
import { useRef, useState } from 'react';
import { useTexts } from '../../lib/i18n.ts';
import styles from './calendars.module.css';
import { calendarTexts } from './texts.ts';

const ways = ['how.ios', 'how.android', 'how.desktop'] as const;

/** The address of a feed, this once, and what to do with it. */
export function FeedAddress({ path }: { path: string }) {
  const t = useTexts(calendarTexts);
  const field = useRef<HTMLInputElement>(null);
  const [copied, setCopied] = useState(false);
  const address = new URL(path, globalThis.location.origin);
  const copy = async () => {
    // Selected as well: where the page may not write to the clipboard, the person copies it.
    field.current?.select();
    try {
      await navigator.clipboard.writeText(address.href);
      setCopied(true);
    } catch {
      setCopied(false);
    }
  };
  return (
    <>
      <Text size="sm" mb="xs">
        {t('once')}
      </Text>
      <TextInput
        ref={field}
        label={t('address')}
        readOnly
        value={address.href}
        classNames={{ input: styles.address }}
      />
      <Group mt="sm" gap="sm">
        <Button onClick={() => void copy()} leftSection={<IconCopy size="1.125rem" aria-hidden />}>
          {t('copy')}
        </Button>
        <Button
          component="a"
          variant="default"
          href={`webcal://${address.host}${address.pathname}`}
          leftSection={<IconCalendarPlus size="1.125rem" aria-hidden />}
        >
          {t('open')}
        </Button>
      </Group>
      <div role="status">{copied ? <Text fw={600}>{t('copied')}</Text> : null}</div>
      <h3>{t('how')}</h3>
      <ul className={styles.ways}>
        {ways.map((way) => (
          <li key={way}>{t(way)}</li>
        ))}
      </ul>
    </>
  );
}
