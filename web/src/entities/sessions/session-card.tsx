import { Link } from '@tanstack/react-router';
import type { Session } from '../../../../shared/contracts/sessions.ts';
import { ServiceIcon } from '../../components/service-icon.tsx';
import { agesText, inLanguage, priceText } from '../../lib/format.ts';
import { useLanguage, useTexts } from '../../lib/i18n.ts';
import { SessionState } from './session-state.tsx';
import { sessionTexts } from './texts.ts';
import './session-card.css';

export function SessionCard({ session }: { session: Session }) {
  const t = useTexts(sessionTexts);
  const language = useLanguage();
  return (
    <li className="card card-link session-card">
      <div className="session-card-time">
        <time dateTime={`${session.date}T${session.startsAt}`}>{session.startsAt}</time>
        <span>{session.endsAt}</span>
      </div>
      <div className="session-card-body">
        <h2 className="session-card-title">
          <Link to="/sessions/$sessionId" params={{ sessionId: session.sessionId }}>
            {inLanguage(session.title, language)}
          </Link>
        </h2>
        <p className="session-card-facts">
          {inLanguage(session.providerName, language)} · {agesText(session, language) ?? t('everybody')}
        </p>
        <p className="session-card-foot">
          <SessionState session={session} />
          <span className="session-price">{priceText(session.residentPriceFen, language)}</span>
        </p>
      </div>
      <ServiceIcon service={session.service} size={36} />
    </li>
  );
}
