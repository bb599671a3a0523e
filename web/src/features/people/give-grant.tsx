import { NativeSelect } from '@mantine/core';
import type { Me } from '../../../../shared/contracts/people.ts';
import { peopleToSpeakFor } from '../../entities/people/abilities.ts';
import { useDraft } from '../../lib/draft.ts';
import { useTexts } from '../../lib/i18n.ts';
import { useGiveGrant } from './grants.ts';
import { InviteForm } from './invite-form.tsx';
import { peopleTexts } from './texts.ts';

const empty = { subjectId: '', phone: '' };

/** A proxy for oneself, or another guardian for a child one is guardian of. */
export function GiveGrant({ me }: { me: Me }) {
  const t = useTexts(peopleTexts);
  const { value, change, clear } = useDraft('grant', empty);
  const give = useGiveGrant();
  const subjects = peopleToSpeakFor(me);
  const subject = subjects.find(({ personId }) => personId === value.subjectId) ?? subjects[0];
  const send = (onSent: () => void) => {
    if (!subject) return;
    give.mutate(
      { kind: subject.as === 'self' ? 'proxy' : 'guardian', subjectId: subject.personId, holderPhone: value.phone },
      {
        onSuccess: () => {
          clear();
          onSent();
        },
      },
    );
  };
  const words = {
    title: t('invite'),
    hint: t('inviteHint'),
    phone: t('invitePhone'),
    send: t('inviteSend'),
    sent: t('invited'),
  };
  return (
    <InviteForm words={words} phone={value.phone} onPhone={(phone) => change({ phone })} invitation={give} send={send}>
      <NativeSelect
        label={t('inviteFor')}
        value={subject?.personId ?? ''}
        onChange={({ currentTarget }) => change({ subjectId: currentTarget.value })}
        data={subjects.map(({ personId, name, as }) => ({
          value: personId,
          label: as === 'self' ? `${name} (${t('you')})` : name,
        }))}
      />
    </InviteForm>
  );
}
