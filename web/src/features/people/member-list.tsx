import { Text } from '@mantine/core';
import { may } from '../../../../shared/access/abilities.ts';
import type { Household, Me } from '../../../../shared/contracts/people.ts';
import { ageOn } from '../../../../shared/kernel/days.ts';
import { TextLink } from '../../components/links.tsx';
import { abilitiesOfMe } from '../../entities/people/abilities.ts';
import styles from '../../entities/people/people.module.css';
import { classes } from '../../lib/classes.ts';
import { useTexts } from '../../lib/i18n.ts';
import { useCityNow } from '../../lib/today.ts';
import { grantTexts } from './grant-texts.ts';
import { peopleTexts } from './texts.ts';

type Props = Pick<Household, 'members' | 'headId'> & { me: Me };

export function MemberList({ members, headId, me }: Props) {
  const t = useTexts(peopleTexts);
  const grant = useTexts(grantTexts);
  const { date } = useCityNow();
  const ownId = me.person.personId;
  const ability = abilitiesOfMe(me);
  return (
    <ul className={classes('plain-list', styles.members)}>
      {members.map((member) => (
        <li key={member.personId} className={classes('card', styles.member)}>
          <span className={classes(styles.face, styles[`face-${member.role}`])} aria-hidden="true">
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
            {member.personId !== ownId && may(ability, 'update', 'Person', { personId: member.personId }) ? (
              <TextLink
                size="sm"
                to="/household/$personId"
                params={{ personId: member.personId }}
                aria-label={t('detailsOf', { name: member.name })}
              >
                {t('details')}
              </TextLink>
            ) : null}
          </div>
        </li>
      ))}
    </ul>
  );
}
