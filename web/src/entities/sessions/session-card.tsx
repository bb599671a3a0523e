import { Link } from '@tanstack/react-router';
import type { Session } from '../../../../shared/contracts/sessions.ts';
import { ServiceIcon } from '../../components/service-icon.tsx';
import { classes } from '../../lib/classes.ts';
import { agesText, inLanguage, priceText } from '../../lib/format.ts';
import { useLanguage, useTexts } from '../../lib/i18n.ts';
import styles from './session-card.module.css';
import { SessionState } from './session-state.tsx';
import { sessionTexts } from './texts.ts';

export function SessionCard({ session }: { session: Session }) {
  const t = useTexts(sessionTexts);
  const language = useLanguage();
  return (
    <li className={classes('card card-link', styles.session)}>
      <div className={styles.time}>
        <time dateTime={`${session.date}T${session.startsAt}`}>{session.startsAt}</time>
        <span>{session.endsAt}</span>
      </div>
      <div className={styles.body}>
        <h2 className={styles.title}>
          <Link to="/sessions/$sessionId" params={{ sessionId: session.sessionId }}>
            {inLanguage(session.title, language)}
          </Link>
        </h2>
        <p className={styles.facts}>
          {inLanguage(session.providerName, language)} · {agesText(session, language) ?? t('everybody')}
        </p>
        <p className={styles.foot}>
          <SessionState session={session} />
          <span className={styles.price}>{priceText(session.residentPriceFen, language)}</span>
        </p>
      </div>
      <ServiceIcon service={session.service} size={36} className={styles.picture} />
    </li>
  );
}
