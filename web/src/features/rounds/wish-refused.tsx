import { Button, Stack, Text } from '@mantine/core';
import type { PersonId } from '../../../../shared/contracts/common.ts';
import type { Round } from '../../../../shared/contracts/rounds.ts';
import { Failure } from '../../components/failure.tsx';
import { TextLink } from '../../components/links.tsx';
import { TooFarForNow } from '../../entities/no-shows/too-far-for-now.tsx';
import { useTexts } from '../../lib/i18n.ts';
import { isProblem, ProblemError } from '../../lib/problem.ts';
import { roundTexts } from './texts.ts';
import { useSessionText } from './use-session-text.ts';

type Props = {
  error: Error;
  round: Round;
  people: readonly { personId: PersonId; name: string }[];
  onRetry: () => void;
  onRemove: (wish: string) => void;
};

/** Why an application was not taken: about whom and which wish it is, and the way on without it. */
export function WishRefused({ error, round, people, onRetry, onRemove }: Props) {
  const t = useTexts(roundTexts);
  const sessionText = useSessionText();
  const problem = error instanceof ProblemError ? error : undefined;
  const person = people.find(({ personId }) => personId === problem?.fact('personId'));
  const session = round.sessions.find(({ sessionId }) => sessionId === problem?.fact('sessionId'));
  const about = [person?.name, session ? sessionText(session) : undefined].filter(Boolean);
  return (
    <Failure error={error} onRetry={onRetry}>
      <TooFarForNow error={error} />
      {about.length > 0 ? <Text size="sm">{about.join(' · ')}</Text> : null}
      <Stack gap="xs" mt="xs" align="flex-start">
        {session ? (
          <Button variant="default" size="sm" onClick={() => onRemove(session.sessionId)}>
            {t('withoutWish')}
          </Button>
        ) : null}
        {isProblem(error, 'birth-date-missing', 'district', 'school') ? (
          <TextLink to="/household">{t('toProfile')}</TextLink>
        ) : null}
      </Stack>
    </Failure>
  );
}
