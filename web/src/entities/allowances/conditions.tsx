import { Text } from '@mantine/core';
import type { Session } from '../../../../shared/contracts/sessions.ts';
import { agesAskedText } from '../../lib/age-text.ts';
import { inLanguage } from '../../lib/format.ts';
import { useLanguage, useTexts } from '../../lib/i18n.ts';
import { useCenter } from '../centers/centers.ts';
import styles from './allowances.module.css';
import { useCityRules } from './allowances.ts';
import { allowanceTexts } from './texts.ts';

/** Who may come, in plain words: the rules that the offering keeps as data. Nothing is shown where it asks for nothing more. */
export function Conditions({ session }: { session: Session }) {
  const t = useTexts(allowanceTexts);
  const language = useLanguage();
  const offerings = useCenter(session.centerId).data?.offerings ?? [];
  const rule = offerings.find(({ offeringId }) => offeringId === session.offeringId)?.policy?.eligibility;
  const groups = useCityRules().data?.groups ?? [];
  if (!rule) return null;
  const { minAgeMonths, maxAgeMonths, districts, schools, afterOfferingId, priority } = rule;
  const after = offerings.find(({ offeringId }) => offeringId === afterOfferingId);
  const group = groups.find(({ groupId }) => groupId === priority?.group);
  const list = (names: readonly string[]) => names.join(t('between'));
  const lines = [
    minAgeMonths === undefined && maxAgeMonths === undefined
      ? ''
      : t('if.age', { ages: agesAskedText(minAgeMonths, maxAgeMonths, language) }),
    districts ? t('if.districts', { list: list(districts) }) : '',
    schools ? t('if.schools', { list: list(schools) }) : '',
    afterOfferingId ? t('if.after', { title: after ? inLanguage(after.title, language) : afterOfferingId }) : '',
    priority
      ? t('if.priority', {
          group: group ? inLanguage(group.title, language) : priority.group,
          places: priority.places,
          hours: priority.untilHoursBefore,
        })
      : '',
  ].filter(Boolean);
  return (
    <div className={styles.sessionConditions}>
      <Text fw={700}>{t('conditions')}</Text>
      <ul>
        {lines.map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
    </div>
  );
}
