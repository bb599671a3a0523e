import { IconChevronRight } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import type { OperatorId } from '../../../../shared/contracts/common.ts';
import serviceTintStyles from '../../components/service-tint.module.css';
import type { OperatorSession } from '../../entities/operators/operators.ts';
import { PlacesBar } from '../../entities/sessions/places-bar.tsx';
import { classes } from '../../lib/classes.ts';
import { dayText, inLanguage } from '../../lib/format.ts';
import { useLanguage, useTexts } from '../../lib/i18n.ts';
import styles from './operators.module.css';
import { operatorTexts } from './texts.ts';

/** One session; the whole row opens its roster. */
export function OperatorSessionRow({ operatorId, session }: { operatorId: OperatorId; session: OperatorSession }) {
  const t = useTexts(operatorTexts);
  const language = useLanguage();
  const { sessionId, date, startsAt, endsAt, taken, capacity, status } = session;
  const title = inLanguage(session.title, language);
  return (
    <li className={classes(styles.session, serviceTintStyles[`tint-${session.service}`])}>
      <div className={styles.time}>
        <time dateTime={`${date}T${startsAt}`}>{startsAt}</time>
        <span>{endsAt}</span>
      </div>
      <div className={styles.sessionWhat}>
        <p>
          <Link
            to="/operators/$operatorId/roster"
            params={{ operatorId }}
            search={{ session: sessionId }}
            aria-label={t('roster', { day: dayText(date, language), time: startsAt, title })}
          >
            {title}
          </Link>
          {status === 'closed' ? <span className={styles.mark}>{t('closed')}</span> : null}
        </p>
        <PlacesBar taken={taken} capacity={capacity} />
      </div>
      <IconChevronRight className={styles.go} aria-hidden />
    </li>
  );
}
