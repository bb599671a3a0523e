import { ActionIcon } from '@mantine/core';
import '@mantine/core/styles/ActionIcon.layer.css';
import { IconArrowDown, IconArrowUp, IconX } from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';
import type { Round } from '../../../../shared/contracts/rounds.ts';
import { classes } from '../../lib/classes.ts';
import { useTexts } from '../../lib/i18n.ts';
import styles from './rounds.module.css';
import { roundTexts } from './texts.ts';
import { useSessionText } from './use-session-text.ts';
import { WishPicker } from './wish-picker.tsx';
import { moved, WISHES_MOST } from './wishes.ts';

type Props = {
  round: Round;
  people: readonly { birthDate?: string | undefined }[];
  wishes: string[];
  missing: boolean;
  onChange: (wishes: string[]) => void;
};

/** What one wishes, best first: ordered by buttons that a thumb and a keyboard reach, each step said aloud. */
export function WishFields({ round, people, wishes, missing, onChange }: Props) {
  const t = useTexts(roundTexts);
  const sessionText = useSessionText();
  const list = useRef<HTMLOListElement>(null);
  const [said, setSaid] = useState('');
  /** The button that was pressed: it keeps the focus although its row has moved. */
  const [pressed, setPressed] = useState<{ wish: string; by: -1 | 1 }>();
  useEffect(() => {
    if (!pressed) return;
    const button = (by: number) =>
      list.current?.querySelector<HTMLButtonElement>(`[data-wish="${pressed.wish}"][data-by="${by}"]:not(:disabled)`);
    (button(pressed.by) ?? button(-pressed.by))?.focus();
  }, [pressed]);
  const nameOf = (wish: string) => {
    const session = round.sessions.find(({ sessionId }) => sessionId === wish);
    return session ? sessionText(session) : wish;
  };
  const move = (wish: string, by: -1 | 1) => {
    const after = moved(wishes, wish, by);
    onChange(after);
    setPressed({ wish, by });
    setSaid(t('movedTo', { session: nameOf(wish), rank: after.indexOf(wish) + 1 }));
  };
  const remove = (wish: string) => {
    onChange(wishes.filter((other) => other !== wish));
    setSaid(t('removed', { session: nameOf(wish) }));
  };
  const add = (wish: string) => {
    onChange([...wishes, wish]);
    setSaid(t('added', { session: nameOf(wish), rank: wishes.length + 1 }));
  };
  return (
    <fieldset className={styles.field}>
      <legend>{t('wishes')}</legend>
      <div role="status" className={missing ? styles.error : 'visually-hidden'}>
        {missing ? t('wishesMissing') : said}
      </div>
      {wishes.length === 0 ? <p className={styles.hint}>{t('wishesNone')}</p> : null}
      <ol className={classes('plain-list', styles.wishList)} ref={list}>
        {wishes.map((wish, index) => {
          const session = nameOf(wish);
          return (
            <li key={wish} className={styles.wish}>
              <span className={styles.wishRank}>{index + 1}</span>
              <span className={styles.wishName}>{session}</span>
              <span className={styles.wishButtons}>
                <ActionIcon
                  data-wish={wish}
                  data-by={-1}
                  aria-label={t('up', { session })}
                  disabled={index === 0}
                  onClick={() => move(wish, -1)}
                >
                  <IconArrowUp aria-hidden />
                </ActionIcon>
                <ActionIcon
                  data-wish={wish}
                  data-by={1}
                  aria-label={t('down', { session })}
                  disabled={index === wishes.length - 1}
                  onClick={() => move(wish, 1)}
                >
                  <IconArrowDown aria-hidden />
                </ActionIcon>
                <ActionIcon color="lychee" aria-label={t('remove', { session })} onClick={() => remove(wish)}>
                  <IconX aria-hidden />
                </ActionIcon>
              </span>
            </li>
          );
        })}
      </ol>
      {wishes.length >= WISHES_MOST ? (
        <p className={styles.hint}>{t('wishesFull')}</p>
      ) : (
        <WishPicker round={round} people={people} chosen={wishes} onAdd={add} />
      )}
    </fieldset>
  );
}
