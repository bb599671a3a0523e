import type { SessionId } from '../../../../shared/contracts/common.ts';
import '@mantine/core/styles/Checkbox.layer.css';
import '@mantine/core/styles/InlineInput.layer.css';
import { Button, Checkbox, Group, NativeSelect, TextInput } from '@mantine/core';
import { useState } from 'react';
import { isIsoDate } from '../../../../shared/kernel/days.ts';
import { Failure } from '../../components/failure.tsx';
import { LoadingCards } from '../../components/loading.tsx';
import { useCenters } from '../../entities/centers/centers.ts';
import { useSessions } from '../../entities/sessions/sessions.ts';
import { inLanguage } from '../../lib/format.ts';
import { useLanguage, useTexts } from '../../lib/i18n.ts';
import { useCityNow } from '../../lib/today.ts';
import styles from './rounds.module.css';
import { roundStaffTexts } from './staff-texts.ts';
import { useMayAllocate } from './use-may-allocate.ts';
import { useSessionText } from './use-session-text.ts';

/** The API gives at most so many days at once. */
const DAYS = 14;

type Props = { chosen: string[]; error: string | undefined; onChange: (sessionIds: SessionId[]) => void };

/** The sessions of the round: two weeks of a center at a time; what was chosen elsewhere stays chosen. */
export function SessionChoice({ chosen, error, onChange }: Props) {
  const t = useTexts(roundStaffTexts);
  const language = useLanguage();
  const sessionText = useSessionText();
  const { date: today } = useCityNow();
  const allocates = useMayAllocate();
  const centers = useCenters().data?.filter(({ centerId }) => allocates.at(centerId)) ?? [];
  const [wanted, setCenter] = useState('');
  const [from, setFrom] = useState('');
  const [program, setProgram] = useState('');
  const centerId = wanted || (centers[0]?.centerId ?? '');
  const sessions = useSessions(centerId, isIsoDate(from) ? from : today, DAYS);
  const open = sessions.data?.filter(({ status }) => status === 'open') ?? [];
  const programs = new Map(open.map(({ offeringId, title }) => [offeringId, inLanguage(title, language)]));
  const listed = open.filter(({ offeringId }) => program === '' || offeringId === program);
  const ids = listed.map(({ sessionId }) => sessionId);
  const toggle = (sessionId: SessionId) =>
    onChange(chosen.includes(sessionId) ? chosen.filter((id) => id !== sessionId) : [...chosen, sessionId]);
  return (
    <fieldset className={styles.field}>
      <legend>{t('chosen', { count: chosen.length })}</legend>
      <div className={styles.columns}>
        <NativeSelect
          label={t('center')}
          value={centerId}
          onChange={({ currentTarget }) => {
            setCenter(currentTarget.value);
            setProgram('');
          }}
          data={centers.map((center) => ({ value: center.centerId, label: inLanguage(center.name, language) }))}
        />
        <TextInput
          type="date"
          label={t('from')}
          value={from || today}
          onChange={({ currentTarget }) => setFrom(currentTarget.value)}
        />
        <NativeSelect
          label={t('program')}
          value={program}
          onChange={({ currentTarget }) => setProgram(currentTarget.value)}
          data={[{ value: '', label: t('allPrograms') }, ...[...programs].map(([value, label]) => ({ value, label }))]}
        />
      </div>
      {sessions.isPending && centerId ? <LoadingCards count={2} /> : null}
      {sessions.error ? <Failure error={sessions.error} onRetry={() => void sessions.refetch()} /> : null}
      {sessions.data && listed.length === 0 ? <p className={styles.hint}>{t('noSessions')}</p> : null}
      {listed.length > 0 ? (
        <Group my="sm">
          <Button size="sm" variant="default" onClick={() => onChange([...new Set([...chosen, ...ids])])}>
            {t('chooseAll')}
          </Button>
          <Button size="sm" variant="default" onClick={() => onChange(chosen.filter((id) => !ids.includes(id)))}>
            {t('unchooseAll')}
          </Button>
        </Group>
      ) : null}
      <div className={styles.choices}>
        {listed.map((session) => (
          <Checkbox
            key={session.sessionId}
            className={styles.option}
            label={sessionText(session)}
            description={t('places', { count: session.placesLeft })}
            checked={chosen.includes(session.sessionId)}
            onChange={() => toggle(session.sessionId)}
          />
        ))}
      </div>
      <div role="status" className={styles.error}>
        {error}
      </div>
    </fieldset>
  );
}
