import type { Session } from '../../../../shared/contracts/sessions.ts';
import { classes } from '../../lib/classes.ts';
import { hasStarted } from '../../lib/has-started.ts';
import { useTexts } from '../../lib/i18n.ts';
import { useCityNow } from '../../lib/today.ts';
import styles from './session-state.module.css';
import { sessionTexts } from './texts.ts';

const FEW = 3;

/** Whether one can still book, and how many places are left; never by color alone. */
export function SessionState({ session }: { session: Session }) {
  const t = useTexts(sessionTexts);
  const now = useCityNow();
  const [tone, text] = hasStarted(now, session.date, session.startsAt)
    ? ['off', t('started')]
    : session.status === 'closed'
      ? ['off', t('closed')]
      : session.status === 'allocating'
        ? ['few', t('allocating')]
        : session.placesLeft <= 0
          ? ['full', t('full')]
          : [session.placesLeft <= FEW ? 'few' : 'free', t('left', { count: session.placesLeft })];
  return <span className={classes(styles.state, styles[`state-${tone}`])}>{text}</span>;
}
