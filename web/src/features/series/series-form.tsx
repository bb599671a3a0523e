import { Checkbox, NativeSelect, Text, TextInput } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import type { OfferingId, PersonId, RoomId } from '../../../../shared/contracts/common.ts';
import type { Me } from '../../../../shared/contracts/people.ts';
import type { SeriesPreview, SeriesRequest } from '../../../../shared/contracts/series.ts';
import { addDays, type IsoDate } from '../../../../shared/kernel/days.ts';
import { ActionButton } from '../../components/action-button.tsx';
import { Failure } from '../../components/failure.tsx';
import { useDraft } from '../../lib/draft.ts';
import { useTexts } from '../../lib/i18n.ts';
import { OccurrenceRow } from './occurrence-list.tsx';
import { RepeatFields } from './repeat-fields.tsx';
import { type Repeat, ruleOf } from './rule.ts';
import styles from './series.module.css';
import { useMakeSeries, usePreview } from './series.ts';
import { seriesTexts } from './texts.ts';

export type What =
  | { kind: 'room'; roomId: RoomId; startsAt: string; endsAt: string; offeringId?: OfferingId; with: string[] }
  | { kind: 'sessions'; offeringId: OfferingId; startsAt: string };
type Props = {
  what: What;
  first: IsoDate;
  today: IsoDate;
  people: Me['actsFor'];
  /** Staff book for this person, and say why before they do. */
  onBehalf?: { readonly personId: PersonId; readonly withReason: (run: (reason: string) => void) => void };
};

const LONGEST_DAYS = 366;
const tones = { free: 'good', waiting: 'later', skipped: 'bad' } as const;

/** How often, for whom; then each date and its fate; then the booking itself. */
export function SeriesForm({ what, first: wanted, today, people, onBehalf }: Props) {
  const t = useTexts(seriesTexts);
  const navigate = useNavigate();
  const [asked, setAsked] = useState(false);
  const {
    value: draft,
    change,
    clear,
  } = useDraft(onBehalf ? 'series-desk' : 'series', {
    first: wanted,
    repeat: {
      every: 'week',
      interval: 1,
      weekdays: [],
      ends: 'count',
      count: 8,
      until: addDays(wanted, 56),
    } as Repeat,
    beneficiaryId: '',
    purpose: '',
    heal: true,
  });
  const preview = usePreview();
  const make = useMakeSeries();
  const first = draft.first >= today ? draft.first : wanted;
  const chosen = people.find((it) => it.personId === draft.beneficiaryId) ?? people[0];
  const beneficiaryId = onBehalf?.personId ?? chosen?.personId;
  const purpose = draft.purpose.trim();
  const request = (reason?: string): SeriesRequest => ({
    target: what.kind === 'room' ? { ...what, purpose } : what,
    ...(beneficiaryId ? { beneficiaryId } : {}),
    rule: ruleOf(draft.repeat, first),
    healAfterClosures: draft.heal,
    ...(reason ? { reason } : {}),
  });
  const withReason = onBehalf?.withReason ?? ((run: (reason?: string) => void) => run());
  const edit = (part: Partial<typeof draft>) => {
    preview.reset();
    make.reset();
    change(part);
  };
  const complete = what.kind === 'sessions' || purpose !== '';
  const look = () => {
    setAsked(true);
    if (complete && !preview.isPending) withReason((reason) => preview.mutate(request(reason)));
  };
  const book = () => {
    if (make.isPending) return;
    withReason((reason) =>
      make.mutate(request(reason), {
        onSuccess: ({ series }) => {
          clear();
          void navigate({ to: '/series/$seriesId', params: { seriesId: series.seriesId } });
        },
      }),
    );
  };
  return (
    <>
      <form
        className={styles.form}
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          look();
        }}
      >
        <TextInput
          type="date"
          label={t('firstDate')}
          min={today}
          max={addDays(today, LONGEST_DAYS)}
          value={first}
          onChange={({ currentTarget }) => edit({ first: currentTarget.value || wanted })}
        />
        <RepeatFields
          value={draft.repeat}
          first={first}
          farthest={addDays(today, LONGEST_DAYS)}
          onChange={(part) => edit({ repeat: { ...draft.repeat, ...part } })}
        />
        {people.length > 1 && !onBehalf ? (
          <NativeSelect
            label={t('who')}
            value={beneficiaryId ?? ''}
            onChange={({ currentTarget }) => edit({ beneficiaryId: currentTarget.value })}
            data={people.map((it) => ({ value: it.personId, label: it.name }))}
          />
        ) : null}
        {what.kind === 'room' ? (
          <TextInput
            label={t('purpose')}
            maxLength={100}
            error={asked && !purpose ? t('purposeMissing') : undefined}
            value={draft.purpose}
            onChange={({ currentTarget }) => edit({ purpose: currentTarget.value })}
          />
        ) : null}
        <Checkbox
          label={t('heal')}
          checked={draft.heal}
          onChange={({ currentTarget }) => edit({ heal: currentTarget.checked })}
        />
        {preview.error ? <Failure error={preview.error} onRetry={look} /> : null}
        <ActionButton type="submit" size="lg" variant={preview.data ? 'default' : 'filled'} pending={preview.isPending}>
          {t('preview')}
        </ActionButton>
      </form>
      <Fates preview={preview.data}>
        {make.error ? <Failure error={make.error} onRetry={book} /> : null}
        <ActionButton size="lg" mt="md" pending={make.isPending} onClick={book}>
          {t('book', { count: preview.data?.occurrences.filter(({ fate }) => fate !== 'skipped').length ?? 0 })}
        </ActionButton>
      </Fates>
    </>
  );
}

function Fates({ preview, children }: { preview: SeriesPreview | undefined; children: ReactNode }) {
  const t = useTexts(seriesTexts);
  const { occurrences, heldFor } = preview ?? {};
  const count = (fate: string) => occurrences?.filter((it) => it.fate === fate).length ?? 0;
  const any = occurrences !== undefined && count('skipped') < occurrences.length;
  const summary = useRef<HTMLParagraphElement>(null);
  // The answer stands below a long form: whoever asked is led there.
  useEffect(() => {
    if (occurrences) summary.current?.focus();
  }, [occurrences]);
  // Of what there is none nothing is said, but for what can be booked.
  const inAll = (['free', 'waiting', 'skipped'] as const)
    .filter((fate) => fate === 'free' || count(fate) > 0)
    .map((fate) => t(`inAll.${fate}`, { n: count(fate) }))
    .join(t('comma'));
  return (
    <section aria-label={t('previewTitle')}>
      <Text role="status" mt="lg" fw={600} ref={summary} tabIndex={-1}>
        {occurrences ? inAll : ''}
      </Text>
      {any && heldFor && heldFor !== 'offer' ? <Text size="sm">{t(`heldNew.${heldFor}`)}</Text> : null}
      {occurrences ? (
        <ul className={styles.list}>
          {occurrences.map((occurrence) => (
            <OccurrenceRow
              key={occurrence.recurrence}
              occurrence={occurrence}
              state={t(`fate.${occurrence.fate}`)}
              tone={tones[occurrence.fate]}
            />
          ))}
        </ul>
      ) : null}
      {any ? children : null}
      {occurrences && !any ? <Text mt="md">{t('nothing')}</Text> : null}
    </section>
  );
}
