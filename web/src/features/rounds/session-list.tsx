import type { Round } from '../../../../shared/contracts/rounds.ts';
import { TextLink } from '../../components/links.tsx';
import { useTexts } from '../../lib/i18n.ts';
import styles from './rounds.module.css';
import { roundTexts } from './texts.ts';
import { useSessionText } from './use-session-text.ts';

/** The sessions of a round under the numbers that wishes name them by. */
export function SessionList({ round }: { round: Round }) {
  const t = useTexts(roundTexts);
  const sessionText = useSessionText();
  return (
    <section className={styles.part}>
      <details>
        <summary>
          {t('list')} · {t('sessions', { count: round.sessions.length })}
        </summary>
        <ol className={styles.sessions}>
          {round.sessions.map((session) => (
            <li key={session.sessionId} value={session.number}>
              <TextLink to="/sessions/$sessionId" params={{ sessionId: session.sessionId }}>
                {sessionText(session)}
              </TextLink>{' '}
              · {t('places', { count: session.places })}
            </li>
          ))}
        </ol>
      </details>
    </section>
  );
}
