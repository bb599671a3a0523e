import { Text } from '@mantine/core';
import type { Household } from '../../../../shared/contracts/people.ts';
import { ageOn } from '../../../../shared/kernel/days.ts';
import { useTexts } from '../../lib/i18n.ts';
import { useCityNow } from '../../lib/today.ts';
import { grantTexts } from './grant-texts.ts';
import { peopleTexts } from './texts.ts';

type Props = Pick<Household, 'members' | 'headId'> & { ownId: string };

export function MemberList({ members, headId, ownId }: Props) {
  const t = useTexts(peopleTexts);
  const grant = useTexts(grantTexts);
  const { date } = useCityNow();
  return (
    <ul className="plain-list people-members">
      {members.map((member) => (
        <li key={member.personId} className="card people-member">
          <span className={`people-face people-face-${member.role}`} aria-hidden="true">
            {member.name.slice(-1)}
          </span>
          <div>
            <Text fw={700}>{member.name}</Text>
            <Text size="sm" c="dimmed">
              {[
                member.personId === ownId ? t('you') : t(`role.${member.role}`),
                member.personId === headId ? grant('head') : undefined,
                member.birthDate ? t('age', { age: ageOn(member.birthDate, date) }) : undefined,
              ]
                .filter(Boolean)
                .join(' · ')}
            </Text>
          </div>
        </li>
      ))}
    </ul>
  );
}
