import type { HouseholdId } from '../../../../shared/contracts/common.ts';
import { ActionButton } from '../../components/action-button.tsx';
import '@mantine/core/styles/Radio.layer.css';
import '@mantine/core/styles/InlineInput.layer.css';
import { Group, Radio, Stack, Text, TextInput, Title } from '@mantine/core';
import { useState } from 'react';
import { birthDateOfResidentId, isResidentId } from '../../../../shared/kernel/resident-id.ts';
import { DateField } from '../../components/date-field.tsx';
import { Failure } from '../../components/failure.tsx';
import styles from '../../entities/people/people.module.css';
import { classes } from '../../lib/classes.ts';
import { useDraft } from '../../lib/draft.ts';
import { useTexts } from '../../lib/i18n.ts';
import { useCityNow } from '../../lib/today.ts';
import { useAddMember } from './household.ts';
import { SchoolField } from './school-field.tsx';
import { peopleTexts } from './texts.ts';

type Draft = { role: 'child' | 'elder'; name: string; birthDate: string; school: string };
const empty: Draft = { role: 'child', name: '', birthDate: '', school: '' };

/** A child or an elder without an account of their own. The card number is checked here and kept nowhere in the browser. */
export function AddMember({ householdId }: { householdId: HouseholdId }) {
  const t = useTexts(peopleTexts);
  const { date: today } = useCityNow();
  const { value, change, clear } = useDraft<Draft>('member', empty);
  const [card, setCard] = useState('');
  const [asked, setAsked] = useState(false);
  const add = useAddMember(householdId);
  const cardNumber = card.trim().toUpperCase();
  const cardIsBad = cardNumber !== '' && !isResidentId(cardNumber);
  const complete = value.name.trim() !== '' && value.birthDate !== '' && !cardIsBad;
  const submit = () => {
    setAsked(true);
    if (!complete || add.isPending) return;
    const school = value.role === 'child' ? value.school.trim() : '';
    const member = {
      role: value.role,
      name: value.name.trim(),
      birthDate: value.birthDate,
      ...(school ? { school } : {}),
    };
    add.mutate(cardNumber ? { ...member, cardNumber } : member, {
      onSuccess: () => {
        clear();
        setCard('');
        setAsked(false);
      },
    });
  };
  return (
    <form
      noValidate
      className={classes('card', styles.form)}
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <Title order={3}>{t('addMember')}</Title>
      <Text size="sm" c="dimmed" mb="sm">
        {t('addMemberHint')}
      </Text>
      <Stack gap="md">
        <Radio.Group
          label={t('kindOfMember')}
          value={value.role}
          onChange={(role) => change({ role: role === 'elder' ? 'elder' : 'child' })}
        >
          <Group mt={4} gap="lg">
            <Radio value="child" label={t('role.child')} />
            <Radio value="elder" label={t('role.elder')} />
          </Group>
        </Radio.Group>
        <TextInput
          label={t('name')}
          error={asked && !value.name.trim() ? t('nameMissing') : undefined}
          maxLength={40}
          autoComplete="off"
          value={value.name}
          onChange={({ currentTarget }) => change({ name: currentTarget.value })}
        />
        <DateField
          label={t('birthDate')}
          description={t('birthDateHint')}
          error={asked && !value.birthDate ? t('birthDateMissing') : undefined}
          maxDate={today}
          value={value.birthDate}
          onChange={(birthDate) => change({ birthDate })}
        />
        {value.role === 'child' ? (
          <SchoolField value={value.school} isOptional onChange={(school) => change({ school })} />
        ) : null}
        <TextInput
          label={t('card')}
          description={t('cardHint')}
          error={asked && cardIsBad ? t('cardBad') : undefined}
          maxLength={18}
          autoComplete="off"
          value={card}
          onChange={({ currentTarget }) => {
            setCard(currentTarget.value);
            const number = currentTarget.value.trim().toUpperCase();
            if (isResidentId(number)) change({ birthDate: birthDateOfResidentId(number) });
          }}
        />
        {add.error ? <Failure error={add.error} onRetry={submit} /> : null}
        <div role="status">{add.data ? <Text fw={600}>{t('added', { name: add.data.person.name })}</Text> : null}</div>
        <ActionButton type="submit" pending={add.isPending}>
          {t('add')}
        </ActionButton>
      </Stack>
    </form>
  );
}
