import { Text } from '@mantine/core';
import type { Application, Round } from '../../../../shared/contracts/rounds.ts';
import { useTexts } from '../../lib/i18n.ts';
import { roundTexts } from './texts.ts';
import { useSessionText } from './use-session-text.ts';

/** What the draw gave; nothing before it. */
export function OwnResult({ round, application }: { round: Round; application: Application }) {
  const t = useTexts(roundTexts);
  const sessionText = useSessionText();
  const { result } = application;
  if (!result) return null;
  const place = { order: result.order, of: round.applications ?? 0 };
  const session = round.sessions.find(({ sessionId }) => sessionId === result.sessionId);
  return (
    <Text fw={700} className={session ? 'round-placed' : undefined}>
      {session ? t('resultPlaced', { ...place, session: sessionText(session) }) : t('resultNone', place)}
    </Text>
  );
}
