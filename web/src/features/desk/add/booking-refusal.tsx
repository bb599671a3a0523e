import { Button, Stack, Text } from '@mantine/core';
import type { SessionId } from '../../../../../shared/contracts/common.ts';
import type { Session } from '../../../../../shared/contracts/sessions.ts';
import type { IsoDate } from '../../../../../shared/kernel/days.ts';
import { Failure } from '../../../components/failure.tsx';
import { addTexts } from '../../../entities/desks/add-texts.ts';
import { agesAskedText, ageText } from '../../../lib/age-text.ts';
import { dayText } from '../../../lib/format.ts';
import { useLanguage, useTexts } from '../../../lib/i18n.ts';
import { ProblemError } from '../../../lib/problem.ts';

type Props = {
  error: Error;
  sessions: Session[];
  /** More than one session was asked for, so that one can be left out. */
  several: boolean;
  today: IsoDate;
  onRetry: () => void;
  onLeaveOut: (sessionId: SessionId) => void;
};

const explained = ['already-booked', 'person-busy', 'provider-not-whitelisted'] as const;

/** Which session the refusal is about, what the rule says, and the way on. */
export function BookingRefusal({ error, sessions, several, today, onRetry, onLeaveOut }: Props) {
  const t = useTexts(addTexts);
  const language = useLanguage();
  const problem = error instanceof ProblemError ? error : undefined;
  const session = sessions.find(({ sessionId }) => sessionId === problem?.fact('sessionId'));
  const day = session ? dayText(session.date, language, today) : '';
  const facts = problem?.problem.facts;
  const months = (name: string) => (typeof facts?.[name] === 'number' ? facts[name] : undefined);
  const next = explained.find((code) => code === problem?.code);
  return (
    <Failure error={error} onRetry={onRetry}>
      <Stack gap="xs" align="flex-start">
        <Text size="sm">
          {session ? t('about', { day, time: session.startsAt }) : ''}
          {problem?.code === 'age'
            ? t('next.age', {
                age: ageText(months('ageMonths') ?? 0, language),
                asked: agesAskedText(months('minAgeMonths'), months('maxAgeMonths'), language),
              })
            : null}
          {next ? t(`next.${next}`) : null} {problem ? t('notKept') : null}
        </Text>
        {session && several ? (
          <Button size="sm" variant="default" onClick={() => onLeaveOut(session.sessionId)}>
            {t('leaveOut', { day })}
          </Button>
        ) : null}
      </Stack>
    </Failure>
  );
}
