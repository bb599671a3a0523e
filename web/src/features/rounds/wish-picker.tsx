import { Button, NativeSelect } from '@mantine/core';
import { useState } from 'react';
import type { SessionId } from '../../../../shared/contracts/common.ts';
import type { Round, RoundSession } from '../../../../shared/contracts/rounds.ts';
import { useCenterName } from '../../entities/centers/use-center-name.ts';
import { classes } from '../../lib/classes.ts';
import { dayText, inLanguage, timeRange } from '../../lib/format.ts';
import { useLanguage, useTexts } from '../../lib/i18n.ts';
import { useCityNow } from '../../lib/today.ts';
import styles from './rounds.module.css';
import { roundTexts } from './texts.ts';
import { useSessionText } from './use-session-text.ts';
import { admits } from './wishes.ts';

type Props = {
  round: Round;
  people: readonly { birthDate?: string | undefined }[];
  chosen: readonly string[];
  onAdd: (sessionId: SessionId) => void;
};

/** A program: the same title at the same center. */
const programOf = ({ sessionId }: RoundSession): string => sessionId.slice(0, sessionId.lastIndexOf('.'));

/** The sessions that are not wished for yet, one program at a time if one likes. */
export function WishPicker({ round, people, chosen, onAdd }: Props) {
  const t = useTexts(roundTexts);
  const language = useLanguage();
  const { date: today } = useCityNow();
  const centerName = useCenterName();
  const sessionText = useSessionText();
  const [program, setProgram] = useState('');
  const programs = new Map(round.sessions.map((session) => [programOf(session), session]));
  const shown = round.sessions.filter(
    (session) => !chosen.includes(session.sessionId) && (program === '' || programOf(session) === program),
  );
  return (
    <>
      <h3 className={styles.wishChoose}>{t('chooseFrom')}</h3>
      {programs.size > 1 ? (
        <NativeSelect
          label={t('filter')}
          value={program}
          onChange={({ currentTarget }) => setProgram(currentTarget.value)}
          data={[
            { value: '', label: t('filterAll') },
            ...[...programs].map(([value, session]) => ({
              value,
              label: `${inLanguage(session.title, language)} · ${centerName(session.centerId)}`,
            })),
          ]}
        />
      ) : null}
      <ul className={classes('plain-list', styles.wishChoices)}>
        {shown.map((session) => {
          const isSuited = admits(session, people);
          return (
            <li key={session.sessionId} className={styles.wish}>
              <span className={styles.wishName}>
                <strong>{inLanguage(session.title, language)}</strong>
                <span className={styles.wishWhen}>
                  {dayText(session.date, language, today)} {timeRange(session.startsAt, session.endsAt)} ·{' '}
                  {centerName(session.centerId)} · {t('places', { count: session.places })}
                </span>
                {isSuited ? null : <span className={styles.wishWhen}>{t('unsuited')}</span>}
              </span>
              <Button
                size="sm"
                variant="default"
                disabled={!isSuited}
                aria-label={t('addLabel', { session: sessionText(session) })}
                onClick={() => onAdd(session.sessionId)}
              >
                {t('add')}
              </Button>
            </li>
          );
        })}
      </ul>
    </>
  );
}
