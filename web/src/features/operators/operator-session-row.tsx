import { IconChevronRight } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import type { OperatorSession } from '../../entities/operators/operators.ts';
import { PlacesBar } from '../../entities/sessions/places-bar.tsx';
import { dayText, inLanguage } from '../../lib/format.ts';
import { useLanguage, useTexts } from '../../lib/i18n.ts';
import { operatorTexts } from './texts.ts';
import '../../components/service-tint.css';

/** One session; the whole row opens its roster. */
export function OperatorSessionRow({ operatorId, session }: { operatorId: string; session: OperatorSession }) {
  const t = useTexts(operatorTexts);
  const language = useLanguage();
  const { sessionId, date, startsAt, endsAt, taken, capacity, status } = session;
  const title = inLanguage(session.title, language);
  return (
    <li className={`operators-session tint-${session.service}`}>
      <div className="operators-time">
        <time dateTime={`${date}T${startsAt}`}>{startsAt}</time>
        <span>{endsAt}</span>
      </div>
      <div className="operators-session-what">
        <p>
          <Link
            to="/operators/$operatorId/roster"
            params={{ operatorId }}
            search={{ session: sessionId }}
            aria-label={t('roster', { day: dayText(date, language), time: startsAt, title })}
          >
            {title}
          </Link>
          {status === 'closed' ? <span className="operators-mark">{t('closed')}</span> : null}
        </p>
        <PlacesBar taken={taken} capacity={capacity} />
      </div>
      <IconChevronRight className="operators-go" aria-hidden />
    </li>
  );
}
