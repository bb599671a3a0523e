import { Badge, Text, TextInput } from '@mantine/core';
import type { Person } from '../../../../shared/contracts/people.ts';
import { useTexts } from '../../lib/i18n.ts';
import { peopleTexts } from './texts.ts';

/** The API's own limit. */
export const LONGEST_SCHOOL = 60;

type Props = { value: string; isOptional?: boolean; onChange: (value: string) => void };

/** The school a child goes to, as the family says. */
export function SchoolField({ value, isOptional = false, onChange }: Props) {
  const t = useTexts(peopleTexts);
  return (
    <TextInput
      label={t(isOptional ? 'schoolOptional' : 'school')}
      description={t('schoolHint')}
      maxLength={LONGEST_SCHOOL}
      autoComplete="off"
      value={value}
      onChange={({ currentTarget }) => onChange(currentTarget.value)}
    />
  );
}

/** The school of a record, and whether staff have seen a paper for it: only then does it count. */
export function SchoolState({ person: { school, schoolConfirmed } }: { person: Person }) {
  const t = useTexts(peopleTexts);
  if (!school) return null;
  return (
    <Text size="sm" component="div">
      {school}{' '}
      <Badge color={schoolConfirmed ? 'river' : 'lychee'} variant={schoolConfirmed ? 'light' : 'outline'}>
        {t(schoolConfirmed ? 'schoolConfirmed' : 'schoolStated')}
      </Badge>
    </Text>
  );
}
