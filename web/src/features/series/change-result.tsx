import { Text } from '@mantine/core';
import { type ReactNode, useEffect, useRef } from 'react';
import type { ChangePreview, PreviewedChange } from '../../../../shared/contracts/series.ts';
import { useTexts } from '../../lib/i18n.ts';
import { OccurrenceRow } from './occurrence-list.tsx';
import styles from './series.module.css';
import { seriesTexts } from './texts.ts';

const outcomes = ['free', 'new', 'waiting', 'skipped', 'none', 'same', 'kept', 'ends'] as const;
const tones = {
  free: 'good',
  new: 'good',
  waiting: 'later',
  skipped: 'bad',
  none: 'bad',
  same: 'later',
  kept: 'later',
  ends: 'over',
} as const;
/** Something is different afterwards. */
const changes = new Set(['free', 'new', 'waiting', 'ends']);

/** What has no old time is new, or cannot be had at all. */
function outcomeOf({ fate, was }: PreviewedChange): (typeof outcomes)[number] {
  if (was) return fate;
  return fate === 'free' ? 'new' : fate === 'skipped' ? 'none' : fate;
}

type Props = { preview: ChangePreview; children: ReactNode };

/** Each date after the change, before it is made; whoever asked is led to the sum of it. `children` confirm it. */
export function ChangeResult({ preview: { occurrences, heldFor }, children }: Props) {
  const t = useTexts(seriesTexts);
  const sum = useRef<HTMLParagraphElement>(null);
  useEffect(() => {
    sum.current?.focus();
    // On a phone the form fills the dialog: what was asked for must not stand below its edge.
    sum.current?.scrollIntoView({ block: 'start' });
  }, []);
  const found = occurrences.map(outcomeOf);
  const counts = outcomes
    .map((outcome) => [outcome, found.filter((one) => one === outcome).length] as const)
    .filter(([, n]) => n > 0);
  const any = found.some((outcome) => changes.has(outcome));
  return (
    <section aria-label={t('lookTitle')}>
      <Text fw={600} ref={sum} tabIndex={-1} role="status">
        {any ? counts.map(([outcome, n]) => t(`sum.${outcome}`, { n })).join(t('comma')) : t('noChange')}
      </Text>
      {any && heldFor && heldFor !== 'offer' ? (
        <Text size="sm" mt={4}>
          {t(`heldMove.${heldFor}`)}
        </Text>
      ) : null}
      <ul className={styles.list}>
        {occurrences.map((occurrence, index) => {
          const outcome = found[index] ?? 'same';
          return (
            <OccurrenceRow
              key={`${occurrence.recurrence} ${outcome}`}
              // The rule's own name of a date says nothing here: beside the new time stands the old one.
              occurrence={{ ...occurrence, recurrence: occurrence.date }}
              state={t(`change.${outcome}`)}
              tone={tones[outcome]}
            />
          );
        })}
      </ul>
      {any ? children : null}
    </section>
  );
}
