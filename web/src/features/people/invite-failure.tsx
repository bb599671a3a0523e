import { Text } from '@mantine/core';
import { Failure } from '../../components/failure.tsx';
import { useTexts } from '../../lib/i18n.ts';
import { isProblem } from '../../lib/problem.ts';
import { invitationTexts } from './invitation-texts.ts';

/** Why an invitation did not leave. Its own number and the day's limit have a next step of their own. */
export function InviteFailure({ error, onRetry }: { error: Error; onRetry: () => void }) {
  const t = useTexts(invitationTexts);
  if (isProblem(error, 'rate-limited')) {
    return (
      <Failure error={error}>
        <Text size="sm">{t('limit')}</Text>
      </Failure>
    );
  }
  const isOwnNumber =
    isProblem(error, 'invalid-input') && error.problem.fields?.some(({ rule }) => rule === 'own-number');
  return (
    <Failure error={error} onRetry={onRetry}>
      {isOwnNumber ? <Text size="sm">{t('ownNumber')}</Text> : null}
    </Failure>
  );
}
