import { Button, Stack, Text } from '@mantine/core';
import type { PersonId } from '../../../../shared/contracts/common.ts';
import type { Session } from '../../../../shared/contracts/sessions.ts';
import type { CivilTime } from '../../../../shared/kernel/days.ts';
import { Failure } from '../../components/failure.tsx';
import { TextLink } from '../../components/links.tsx';
import { TooFarForNow } from '../../entities/no-shows/too-far-for-now.tsx';
import { type Beneficiary, whyNotSession } from '../../entities/sessions/booking-rules.ts';
import { dayText } from '../../lib/format.ts';
import { useLanguage, useTexts } from '../../lib/i18n.ts';
import { isProblem, ProblemError } from '../../lib/problem.ts';
import { bookingTexts } from './booking-texts.ts';

type Props = {
  error: Error;
  people: Beneficiary[];
  dates: Session[];
  chosen: Session[];
  party: number;
  now: CivilTime;
  onRetry: () => void;
  onReplace: (gone: string | undefined, taken: string) => void;
  onUnselect: (personId: PersonId) => void;
};

const OFFERED = 3;

/** A refusal, about whom or which day it is, and the way on that it leaves open. */
export function BookingRefused({ error, people, dates, chosen, party, now, onRetry, onReplace, onUnselect }: Props) {
  const t = useTexts(bookingTexts);
  const language = useLanguage();
  const problem = error instanceof ProblemError ? error : undefined;
  const person = people.find(({ personId }) => personId === problem?.fact('personId'));
  const session = dates.find(({ sessionId }) => sessionId === problem?.fact('sessionId'));
  const about = [person?.name, session ? dayText(session.date, language, now.date) : undefined].filter(Boolean);
  const gone = isProblem(error, 'session-full', 'session-closed', 'session-started', 'provider-not-whitelisted');
  const instead = dates.filter(
    (date) =>
      date.sessionId !== session?.sessionId && !chosen.includes(date) && !whyNotSession(date, Math.max(1, party), now),
  );
  return (
    <Failure error={error} onRetry={onRetry}>
      <TooFarForNow error={error} />
      {about.length > 0 ? <Text size="sm">{about.join(' · ')}</Text> : null}
      {gone && instead.length > 0 ? (
        <Stack gap="xs" mt="xs" align="flex-start">
          <Text size="sm">{t('instead')}</Text>
          {instead.slice(0, OFFERED).map((date) => (
            <Button
              key={date.sessionId}
              variant="default"
              size="sm"
              onClick={() => onReplace(session?.sessionId ?? chosen[0]?.sessionId, date.sessionId)}
            >
              {t('takeInstead', { day: dayText(date.date, language, now.date), time: date.startsAt })}
            </Button>
          ))}
        </Stack>
      ) : null}
      <Stack gap="xs" mt="xs" align="flex-start">
        {isProblem(error, 'person-busy', 'already-booked') ? (
          <TextLink to="/bookings">{t('seeBookings')}</TextLink>
        ) : null}
        {isProblem(error, 'birth-date-missing', 'district', 'school') ? (
          <TextLink to="/household">{t('completeProfile')}</TextLink>
        ) : null}
        {person && party > 1 ? (
          <Button variant="default" size="sm" onClick={() => onUnselect(person.personId)}>
            {t('unselect', { name: person.name })}
          </Button>
        ) : null}
      </Stack>
    </Failure>
  );
}
