import { Button, Checkbox, Stack } from '@mantine/core';
import { useState } from 'react';
import type { SessionId } from '../../../../shared/contracts/common.ts';
import type { Session } from '../../../../shared/contracts/sessions.ts';
import type { CivilTime } from '../../../../shared/kernel/days.ts';
import { TextLink } from '../../components/links.tsx';
import { whyNotSession } from '../../entities/sessions/booking-rules.ts';
import { waitlistTexts } from '../../entities/waitlist/texts.ts';
import { dayText, timeRange } from '../../lib/format.ts';
import { useLanguage, useTexts } from '../../lib/i18n.ts';
import { bookingTexts } from './booking-texts.ts';
import styles from './session.module.css';

type Props = {
  /** The session of this page: how to wait for it is said beside the form. */
  own: string;
  dates: Session[];
  chosen: string[];
  party: number;
  now: CivilTime;
  /** No more may be added. */
  full: boolean;
  error: string | undefined;
  onToggle: (sessionId: SessionId) => void;
};

const SHOWN_AT_FIRST = 6;

/** The dates of the class: tick several, book once. */
export function DaysField({ own, dates, chosen, party, now, full, error, onToggle }: Props) {
  const t = useTexts(bookingTexts);
  const waits = useTexts(waitlistTexts);
  const language = useLanguage();
  const [all, setAll] = useState(false);
  const shown = dates.filter(({ sessionId }, index) => all || index < SHOWN_AT_FIRST || chosen.includes(sessionId));
  return (
    <fieldset className={styles.field}>
      <legend>{t('days')}</legend>
      {dates.length > 1 ? <p className={styles.hint}>{t('daysHint')}</p> : null}
      <Stack gap={0}>
        {shown.map((date) => {
          const why = whyNotSession(date, Math.max(1, party), now);
          const isChosen = chosen.includes(date.sessionId);
          const state = why ? t(`state.${why}`, { count: date.placesLeft }) : t('left', { count: date.placesLeft });
          return (
            <Checkbox
              key={date.sessionId}
              className={styles.option}
              label={`${dayText(date.date, language, now.date)} ${timeRange(date.startsAt, date.endsAt)}`}
              description={
                why === 'full' && date.sessionId !== own ? (
                  <>
                    {state} ·{' '}
                    <TextLink to="/sessions/$sessionId" params={{ sessionId: date.sessionId }} inherit>
                      {waits('waitInstead')}
                    </TextLink>
                  </>
                ) : (
                  state
                )
              }
              disabled={why !== undefined || (full && !isChosen)}
              checked={isChosen}
              onChange={() => onToggle(date.sessionId)}
            />
          );
        })}
      </Stack>
      <div role="status">{error ? <p className={styles.error}>{error}</p> : null}</div>
      {shown.length < dates.length ? (
        <Button variant="subtle" onClick={() => setAll(true)}>
          {t('moreDays')}
        </Button>
      ) : null}
    </fieldset>
  );
}
