import { Text } from '@mantine/core';
import type { OperatorId } from '../../../../shared/contracts/common.ts';
import type { IsoDate } from '../../../../shared/kernel/days.ts';
import { Empty } from '../../components/empty.tsx';
import { Failure } from '../../components/failure.tsx';
import { LoadingCards } from '../../components/loading.tsx';
import { useCenterName } from '../../entities/centers/use-center-name.ts';
import { useOperatorSessions } from '../../entities/operators/operators.ts';
import { classes } from '../../lib/classes.ts';
import { dayText, nearDayText } from '../../lib/format.ts';
import { useLanguage, useTexts } from '../../lib/i18n.ts';
import { byDateAndCenter } from './operator-rules.ts';
import { OperatorSessionRow } from './operator-session-row.tsx';
import styles from './operators.module.css';
import { operatorTexts } from './texts.ts';

const DAYS = 14;

/** Two weeks ahead: what runs on which day at which center, and how many have a place. */
export function OperatorSessions({ operatorId, today }: { operatorId: OperatorId; today: IsoDate }) {
  const t = useTexts(operatorTexts);
  const language = useLanguage();
  const nameOf = useCenterName();
  const sessions = useOperatorSessions(operatorId, today, DAYS);
  if (sessions.isPending) return <LoadingCards count={4} />;
  if (!sessions.data) return <Failure error={sessions.error} onRetry={() => void sessions.refetch()} />;
  if (sessions.data.length === 0) {
    return (
      <Empty title={t('noSessions')}>
        <Text>{t('noSessionsText')}</Text>
      </Empty>
    );
  }
  const taken = sessions.data.reduce((sum, session) => sum + session.taken, 0);
  return (
    <>
      <p className={classes(styles.soft, styles.lead)}>{t('lead', { count: sessions.data.length, taken })}</p>
      {byDateAndCenter(sessions.data).map(({ date, centers }) => {
        const near = nearDayText(date, language, today);
        return (
          <section key={date} className={styles.day} aria-labelledby={`day-${date}`}>
            <h2 id={`day-${date}`}>
              {dayText(date, language, today)}
              {near ? <span className={styles.near}>{near}</span> : null}
            </h2>
            <div className={styles.centers}>
              {centers.map(({ centerId, sessions: ofCenter }) => (
                <div key={centerId} className={classes('card', styles.center)}>
                  <h3>{nameOf(centerId)}</h3>
                  <ul className="plain-list">
                    {ofCenter.map((session) => (
                      <OperatorSessionRow key={session.sessionId} operatorId={operatorId} session={session} />
                    ))}
                  </ul>
                </div>
              ))}
            </div>
          </section>
        );
      })}
    </>
  );
}
