import type { GroupId } from '../../../../shared/contracts/city-rules.ts';
import type { PersonId } from '../../../../shared/contracts/common.ts';
import '@mantine/core/styles/Checkbox.layer.css';
import '@mantine/core/styles/InlineInput.layer.css';
import { Checkbox, Stack } from '@mantine/core';
import { useState } from 'react';
import type { Me } from '../../../../shared/contracts/people.ts';
import type { Round } from '../../../../shared/contracts/rounds.ts';
import { ActionButton } from '../../components/action-button.tsx';
import { useDraft } from '../../lib/draft.ts';
import { useTexts } from '../../lib/i18n.ts';
import { useApply } from './applying.ts';
import { GroupField } from './group-field.tsx';
import styles from './rounds.module.css';
import { roundTexts } from './texts.ts';
import { WishFields } from './wish-fields.tsx';
import { WishRefused } from './wish-refused.tsx';
import { admits, TOGETHER_MOST } from './wishes.ts';

type Draft = { childIds: PersonId[]; wishes: string[]; groupId: GroupId };
const empty: Draft = { childIds: [], wishes: [], groupId: '' };

type Props = { round: Round; people: Me['actsFor']; onSent: () => void };

/** For whom, what one wishes in which order, and the group one belongs to. It survives a reload and every refusal. */
export function ApplyForm({ round, people, onSent }: Props) {
  const t = useTexts(roundTexts);
  const { value, change, clear } = useDraft(`apply.${round.roundId}`, empty);
  const [asked, setAsked] = useState(false);
  const apply = useApply(round.roundId);
  const children = people.filter(({ personId }) => value.childIds.includes(personId));
  const suited = round.sessions.filter((session) => admits(session, children));
  const wishes = value.wishes.filter((wish) => suited.some(({ sessionId }) => sessionId === wish));
  const update = (part: Partial<Draft>) => {
    apply.reset();
    change(part);
  };
  const toggle = (personId: PersonId) =>
    update({
      childIds: value.childIds.includes(personId)
        ? value.childIds.filter((id) => id !== personId)
        : [...value.childIds, personId],
    });
  const submit = () => {
    setAsked(true);
    if (children.length === 0 || wishes.length === 0 || apply.isPending) return;
    apply.mutate(
      {
        childIds: children.map(({ personId }) => personId),
        wishes,
        ...(value.groupId ? { groupId: value.groupId } : {}),
      },
      {
        onSuccess: () => {
          clear();
          setAsked(false);
          onSent();
        },
      },
    );
  };
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <Stack gap="lg">
        <fieldset className={styles.field}>
          <legend>{t('who')}</legend>
          <p className={styles.hint}>{t('whoHint')}</p>
          {people.map(({ personId, name }) => {
            const isChosen = value.childIds.includes(personId);
            return (
              <Checkbox
                key={personId}
                className={styles.option}
                label={name}
                checked={isChosen}
                disabled={!isChosen && children.length >= TOGETHER_MOST}
                onChange={() => toggle(personId)}
              />
            );
          })}
          <div role="status" className={styles.error}>
            {asked && children.length === 0 ? t('whoMissing') : null}
          </div>
        </fieldset>
        <WishFields
          round={round}
          people={children}
          wishes={wishes}
          missing={asked && wishes.length === 0}
          onChange={(list) => update({ wishes: list })}
        />
        <GroupField round={round} value={value.groupId} onChange={(groupId) => update({ groupId })} />
        {apply.error ? (
          <WishRefused
            error={apply.error}
            round={round}
            people={children}
            onRetry={submit}
            onRemove={(wish) => update({ wishes: wishes.filter((other) => other !== wish) })}
          />
        ) : null}
        <ActionButton type="submit" size="lg" pending={apply.isPending}>
          {t('send')}
        </ActionButton>
      </Stack>
    </form>
  );
}
