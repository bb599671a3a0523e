import { NativeSelect, TextInput } from '@mantine/core';
import type { Room } from '../../../../shared/contracts/centers.ts';
import type { CenterId } from '../../../../shared/contracts/common.ts';
import { useSessions } from '../../entities/sessions/sessions.ts';
import { inLanguage, timeRange } from '../../lib/format.ts';
import { useLanguage, useTexts } from '../../lib/i18n.ts';
import { type ClosureDraft, closureKinds, isResource, lastDayOf, resourcesFor, times } from './closure-draft.ts';
import styles from './closures.module.css';
import { closureTexts } from './texts.ts';

type Props = {
  centerId: CenterId;
  rooms: readonly Room[];
  today: string;
  draft: ClosureDraft;
  onChange: (change: Partial<ClosureDraft>) => void;
};

/** What is closed, and when. */
export function ClosureFields({ centerId, rooms, today, draft, onChange }: Props) {
  const t = useTexts(closureTexts);
  const { kind, from, to } = draft;
  return (
    <>
      <fieldset className={styles.kinds}>
        <legend>{t('what')}</legend>
        {closureKinds.map((one) => (
          <label key={one} className={styles.kind}>
            <input
              type="radio"
              name="kind"
              checked={kind === one}
              onChange={() => onChange({ kind: one, roomId: '' })}
            />
            <span>{t(`kind.${one}`)}</span>
          </label>
        ))}
      </fieldset>
      {isResource(kind) ? <ResourceField rooms={rooms} draft={draft} onChange={onChange} /> : null}
      <div className={styles.pair}>
        <TextInput
          type="date"
          label={t(kind === 'session' || kind === 'day' ? 'onDay' : 'from')}
          min={today}
          value={from}
          onChange={({ currentTarget: { value } }) =>
            onChange({ from: value, sessionId: '', ...(to < value ? { to: value } : {}) })
          }
        />
        {kind === 'session' ? (
          <SessionField centerId={centerId} draft={draft} onChange={onChange} />
        ) : kind === 'day' ? null : (
          <TextInput
            type="date"
            label={t('to')}
            min={from}
            value={lastDayOf(draft)}
            onChange={({ currentTarget: { value } }) => onChange({ to: value })}
          />
        )}
      </div>
      {isResource(kind) ? (
        <div className={styles.pair}>
          {(['startsAt', 'endsAt'] as const).map((name) => (
            <NativeSelect
              key={name}
              label={t(name)}
              value={draft[name]}
              onChange={({ currentTarget: { value } }) => onChange({ [name]: value })}
              data={[{ value: '', label: t('allDay') }, ...times.map((time) => ({ value: time, label: time }))]}
            />
          ))}
        </div>
      ) : null}
    </>
  );
}

function ResourceField({ rooms, draft, onChange }: Pick<Props, 'rooms' | 'draft' | 'onChange'>) {
  const t = useTexts(closureTexts);
  const language = useLanguage();
  const there = resourcesFor(draft.kind, rooms);
  return (
    <NativeSelect
      label={t(`kind.${draft.kind}`)}
      value={draft.roomId}
      onChange={({ currentTarget: { value } }) => onChange({ roomId: value })}
      data={[
        { value: '', label: t(there.length > 0 ? 'choose' : 'noneOfKind') },
        ...there.map(({ roomId, name }) => ({ value: roomId, label: inLanguage(name, language) })),
      ]}
    />
  );
}

function SessionField({ centerId, draft, onChange }: Pick<Props, 'centerId' | 'draft' | 'onChange'>) {
  const t = useTexts(closureTexts);
  const language = useLanguage();
  const sessions = useSessions(centerId, draft.from, 1);
  const open = (sessions.data ?? []).filter(({ date, status }) => date === draft.from && status !== 'closed');
  return (
    <NativeSelect
      label={t('session')}
      value={draft.sessionId}
      onChange={({ currentTarget: { value } }) => onChange({ sessionId: value })}
      data={[
        { value: '', label: t(open.length > 0 ? 'choose' : 'noSessions') },
        ...open.map(({ sessionId, title, startsAt, endsAt }) => ({
          value: sessionId,
          label: `${timeRange(startsAt, endsAt)} ${inLanguage(title, language)}`,
        })),
      ]}
    />
  );
}
