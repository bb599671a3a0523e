import { Button, Text } from '@mantine/core';
import type { PersonId } from '../../../../shared/contracts/common.ts';
import type { Session } from '../../../../shared/contracts/sessions.ts';
import { Failure } from '../../components/failure.tsx';
import { TextLink } from '../../components/links.tsx';
import type { Place } from '../../entities/basket/basket.ts';
import styles from '../../entities/basket/checkout.module.css';
import { checkoutTexts } from '../../entities/basket/texts.ts';
import { dayText, inLanguage } from '../../lib/format.ts';
import { useLanguage, useTexts } from '../../lib/i18n.ts';
import { isProblem, ProblemError } from '../../lib/problem.ts';
import { useCityNow } from '../../lib/today.ts';

type Props = {
  error: Error;
  places: Place[];
  sessions: ReadonlyMap<string, Session>;
  nameOf: (personId: PersonId) => string;
  onRetry: () => void;
  onRemove: (places: Place[]) => void;
};

/** Nothing was booked, because of these places: which they are, and the way on without them. */
export function CheckoutRefused({ error, places, sessions, nameOf, onRetry, onRemove }: Props) {
  const t = useTexts(checkoutTexts);
  const language = useLanguage();
  const now = useCityNow();
  const problem = error instanceof ProblemError ? error : undefined;
  const sessionId = problem?.fact('sessionId');
  const personId = problem?.fact('personId');
  const about = places.filter(
    (place) =>
      (sessionId !== undefined || personId !== undefined) &&
      (sessionId === undefined || place.sessionId === sessionId) &&
      (personId === undefined || place.beneficiaryId === personId),
  );
  return (
    <Failure error={error} onRetry={onRetry}>
      {about.length > 0 ? (
        <>
          <Text size="sm">{t('refusedAbout')}</Text>
          <ul className={styles.about}>
            {about.map((place) => {
              const session = sessions.get(place.sessionId);
              return (
                <li key={`${place.sessionId} ${place.beneficiaryId}`}>
                  {[
                    nameOf(place.beneficiaryId),
                    session ? inLanguage(session.title, language) : '',
                    session ? `${dayText(session.date, language, now.date)} ${session.startsAt}` : '',
                  ]
                    .filter(Boolean)
                    .join(' · ')}
                </li>
              );
            })}
          </ul>
          <Button variant="default" size="sm" onClick={() => onRemove(about)}>
            {t('takeOut', { count: about.length })}
          </Button>
        </>
      ) : null}
      {isProblem(error, 'person-busy', 'already-booked') ? (
        <Text size="sm" mt="xs">
          <TextLink to="/bookings">{t('back')}</TextLink>
        </Text>
      ) : null}
    </Failure>
  );
}
