import { Text } from '@mantine/core';
import type { Household } from '../../../../shared/contracts/people.ts';
import { ageOn } from '../../../../shared/kernel/days.ts';
import { useTexts } from '../../lib/i18n.ts';
import { useCityNow } from '../../lib/today.ts';
import { peopleTexts } from './texts.ts';

export function MemberList({ members, ownId }: { members: Household['members']; ownId: string }) {
  const t = useTexts(peopleTexts);
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
