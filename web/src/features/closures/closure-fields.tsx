import { NativeSelect, TextInput } from '@mantine/core';
import type { Room } from '../../../../shared/contracts/centers.ts';
import { inLanguage, timeRange } from '../../lib/format.ts';
import { useLanguage, useTexts } from '../../lib/i18n.ts';
import { useSessions } from '../sessions/sessions.ts';
import { type ClosureDraft, kinds, lastDayOf, times } from './closure-draft.ts';
import { closureTexts } from './texts.ts';

type Props = {
  centerId: string;
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
      <fieldset className="closure-kinds">
        <legend>{t('what')}</legend>
        {kinds.map((one) => (
          <label key={one} className="closure-kind">
            <input type="radio" name="kind" checked={kind === one} onChange={() => onChange({ kind: one })} />
            <span>{t(`kind.${one}`)}</span>
          </label>
        ))}
      </fieldset>
      {kind === 'resource' ? <ResourceField rooms={rooms} draft={draft} onChange={onChange} /> : null}
      <div className="closure-pair">
        <TextInput
          type="date"
          label={t(kind === 'session' ? 'sessionDay' : 'from')}
          min={today}
          value={from}
          onChange={({ currentTarget: { value } }) =>
            onChange({ from: value, sessionId: '', ...(to < value ? { to: value } : {}) })
          }
        />
        {kind === 'session' ? (
          <SessionField centerId={centerId} draft={draft} onChange={onChange} />
        ) : (
          <TextInput
            type="date"
            label={t('to')}
            min={from}
            value={lastDayOf(draft)}
            onChange={({ currentTarget: { value } }) => onChange({ to: value })}
          />
        )}
      </div>
      {kind === 'resource' ? (
        <div className="closure-pair">
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
  return (
    <NativeSelect
      label={t('resource')}
      value={draft.roomId}
      onChange={({ currentTarget: { value } }) => onChange({ roomId: value })}
    >
      <option value="">{t('choose')}</option>
      {[...Map.groupBy(rooms, ({ kind }) => kind)].map(([kind, ofKind]) => (
        <optgroup key={kind} label={t(`resource.${kind}`)}>
          {ofKind.map(({ roomId, name }) => (
            <option key={roomId} value={roomId}>
              {inLanguage(name, language)}
            </option>
          ))}
        </optgroup>
      ))}
    </NativeSelect>
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
