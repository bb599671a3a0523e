import { Text } from '@mantine/core';
import type { Application, Round } from '../../../../shared/contracts/rounds.ts';
import { TextLink } from '../../components/links.tsx';
import { inLanguage } from '../../lib/format.ts';
import { useLanguage, useTexts } from '../../lib/i18n.ts';
import styles from './rounds.module.css';
import { roundTexts } from './texts.ts';
import { useSessionText } from './use-session-text.ts';

/** What the draw gave, who could not be given it and why, and the way on; nothing before the draw. */
export function OwnResult({ round, application }: { round: Round; application: Application }) {
  const t = useTexts(roundTexts);
  const language = useLanguage();
  const sessionText = useSessionText();
  const { result, children } = application;
  if (!result) return null;
  const { order, lost = [] } = result;
  const place = { order, of: round.applications ?? 0 };
  const session = round.sessions.find(({ sessionId }) => sessionId === result.sessionId);
  if (!session) return <Text fw={700}>{t('resultNone', place)}</Text>;
  const said = { ...place, session: sessionText(session) };
  const placed = children.filter((child) => lost.every(({ personId }) => personId !== child.personId));
  const names = placed.map(({ name }) => name).join(language === 'zh' ? '、' : ', ');
  return (
    <div>
      <Text fw={700} className={placed.length > 0 ? styles.placed : undefined}>
        {placed.length === 0
          ? t('resultLost', said)
          : lost.length > 0
            ? t('resultPlacedFor', { ...said, names })
            : t('resultPlaced', said)}
      </Text>
      {lost.length > 0 ? (
        <ul className={styles.lost}>
          {lost.map(({ personId, why }) => (
            <li key={personId}>
              {t('lost', {
                name: children.find((child) => child.personId === personId)?.name ?? '',
                why: inLanguage(why, language),
              })}
            </li>
          ))}
        </ul>
      ) : null}
      {lost.length > 0 && round.phase === 'settled' ? (
        <TextLink to="/sessions/$sessionId" params={{ sessionId: session.sessionId }} size="sm">
          {t('toSession')}
        </TextLink>
      ) : null}
    </div>
  );
}
