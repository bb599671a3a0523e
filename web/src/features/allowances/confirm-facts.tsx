import { Button, NativeSelect, Text, TextInput, Title } from '@mantine/core';
import { useState } from 'react';
import type { Person } from '../../../../shared/contracts/people.ts';
import { Failure } from '../../components/failure.tsx';
import styles from '../../entities/allowances/allowances.module.css';
import { useCityRules, useConfirmFact } from '../../entities/allowances/allowances.ts';
import { allowanceTexts } from '../../entities/allowances/texts.ts';
import { inLanguage } from '../../lib/format.ts';
import { useLanguage, useTexts } from '../../lib/i18n.ts';

type Props = { person: Person; withReason: (run: (reason: string) => void) => void };

/** What staff have seen a document for: the school somebody goes to, or that they belong to a group. */
export function ConfirmFacts({ person, withReason }: Props) {
  const t = useTexts(allowanceTexts);
  const language = useLanguage();
  const groups = useCityRules().data?.groups ?? [];
  const confirm = useConfirmFact(person.personId);
  const known = confirm.data?.person ?? person;
  const [groupId, setGroupId] = useState('');
  const [school, setSchool] = useState(person.school ?? '');
  const group = groups.find((one) => one.groupId === groupId) ?? groups[0];
  const member = group !== undefined && known.groups?.[group.groupId] !== undefined;
  const names = groups.filter((one) => known.groups?.[one.groupId]).map(({ title }) => inLanguage(title, language));
  return (
    <section aria-labelledby="facts-heading">
      <Title order={2} id="facts-heading" mb="xs">
        {t('facts')}
      </Title>
      <Text role="status" mb="sm">
        {t('factsNow', {
          school: known.school ? t(known.schoolConfirmed ? 'seen' : 'stated', { school: known.school }) : t('unknown'),
          groups: names.length > 0 ? names.join(t('between')) : t('unknown'),
        })}
      </Text>
      <div className={styles.cityRulesFields}>
        <TextInput
          label={t('school')}
          maxLength={60}
          value={school}
          onChange={({ currentTarget }) => setSchool(currentTarget.value)}
        />
        <Button
          variant="default"
          disabled={!school.trim() || (school.trim() === known.school && known.schoolConfirmed !== undefined)}
          loading={confirm.isPending}
          onClick={() => withReason((reason) => confirm.mutate({ school: school.trim(), reason }))}
        >
          {t('confirmSchool')}
        </Button>
        {group ? (
          <>
            <NativeSelect
              label={t('group')}
              value={group.groupId}
              onChange={({ currentTarget }) => setGroupId(currentTarget.value)}
              data={groups.map((one) => ({ value: one.groupId, label: inLanguage(one.title, language) }))}
            />
            <Button
              variant="default"
              loading={confirm.isPending}
              onClick={() =>
                withReason((reason) => confirm.mutate({ groupId: group.groupId, member: !member, reason }))
              }
            >
              {t(member ? 'endGroup' : 'confirmGroup')}
            </Button>
          </>
        ) : null}
      </div>
      {confirm.error ? <Failure error={confirm.error} /> : null}
    </section>
  );
}
