import { NativeSelect } from '@mantine/core';
import type { GroupId } from '../../../../shared/contracts/city-rules.ts';
import type { Round } from '../../../../shared/contracts/rounds.ts';
import { inLanguage } from '../../lib/format.ts';
import { useLanguage, useTexts } from '../../lib/i18n.ts';
import { roundTexts } from './texts.ts';

type Props = { round: Round; value: string; onChange: (groupId: GroupId) => void };

/** The priority group that the family says it belongs to; nothing where the round has none. */
export function GroupField({ round, value, onChange }: Props) {
  const t = useTexts(roundTexts);
  const language = useLanguage();
  if (round.groups.length === 0) return null;
  return (
    <NativeSelect
      label={t('group')}
      description={t('groupHint')}
      value={value}
      onChange={({ currentTarget }) => onChange(currentTarget.value)}
      data={[
        { value: '', label: t('groupNone') },
        ...round.groups.map(({ groupId, name }) => ({ value: groupId, label: inLanguage(name, language) })),
      ]}
    />
  );
}
