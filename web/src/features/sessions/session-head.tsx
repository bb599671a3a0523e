import type { Session } from '../../../../shared/contracts/sessions.ts';
import { TextLink } from '../../components/links.tsx';
import { PageTitle } from '../../components/page-title.tsx';
import { ServiceIcon } from '../../components/service-icon.tsx';
import { Conditions } from '../../entities/allowances/conditions.tsx';
import { useCenter } from '../../entities/centers/centers.ts';
import { SessionState } from '../../entities/sessions/session-state.tsx';
import { cityTexts } from '../../lib/city.ts';
import { agesText, dayText, inLanguage, priceText, timeRange } from '../../lib/format.ts';
import { useLanguage, useTexts } from '../../lib/i18n.ts';
import { useCityNow } from '../../lib/today.ts';
import { bookingTexts } from './booking-texts.ts';
import styles from './session.module.css';

export function SessionHead({ session, isBack }: { session: Session; isBack: boolean }) {
  const t = useTexts(bookingTexts);
  const city = useTexts(cityTexts);
  const language = useLanguage();
  const now = useCityNow();
  const center = useCenter(session.centerId).data;
  const room = center?.rooms.find(({ roomId }) => roomId === session.roomId);
  const centerName = center ? inLanguage(center.center.name, language) : '…';
  const facts: [string, string][] = [
    [
      t('when'),
      `${dayText(session.date, language, now.date)} ${timeRange(session.startsAt, session.endsAt)}${room ? ` · ${inLanguage(room.name, language)}` : ''}`,
    ],
    [t('provider'), inLanguage(session.providerName, language)],
    [t('ages'), agesText(session, language) ?? t('everybody')],
    [
      t('price'),
      priceText(session.residentPriceFen, language) +
        (session.grossPriceFen > session.residentPriceFen
          ? t('gross', { price: priceText(session.grossPriceFen, language) })
          : ''),
    ],
  ];
  return (
    <div className={styles.head}>
      <TextLink
        to="/centers/$centerId"
        params={{ centerId: session.centerId }}
        search={{ date: session.date }}
        size="sm"
      >
        {t('back', { center: centerName })}
      </TextLink>
      <div className={styles.headTitle}>
        <ServiceIcon service={session.service} size={48} />
        <div>
          <PageTitle mb="0" announced={isBack}>
            {inLanguage(session.title, language)}
          </PageTitle>
          <SessionState session={session} />
        </div>
      </div>
      <dl className={styles.facts}>
        {facts.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      <Conditions session={session} />
      <p className={styles.funding}>{city(`funding.${session.fundingMode}`)}</p>
      <p className="link-row">
        <TextLink to="/calendars" search={{ class: session.offeringId }} size="sm">
          {t('subscribe')}
        </TextLink>
        <TextLink
          to="/series/new"
          search={{ offering: session.offeringId, date: session.date, startsAt: session.startsAt }}
          size="sm"
        >
          {t('repeat')}
        </TextLink>
      </p>
    </div>
  );
}
