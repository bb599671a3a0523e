import { Button } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { useTexts } from '../../lib/i18n.ts';
import { helpTexts } from './texts.ts';

type Props = { text: string; children: ReactNode };

/** Puts a text on the clipboard and says so; where the page may not, it says to copy by hand. */
export function CopyButton({ text, children }: Props) {
  const t = useTexts(helpTexts);
  const [said, setSaid] = useState<'copied' | 'copyYourself'>();
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(text);
      setSaid('copied');
    } catch {
      setSaid('copyYourself');
    }
  };
  return (
    <>
      <Button variant="default" size="xs" onClick={() => void copy()}>
        {children}
      </Button>
      <span role="status">{said ? t(said) : null}</span>
    </>
  );
}
