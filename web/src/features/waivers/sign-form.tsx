import type { PersonId } from '../../../../shared/contracts/common.ts';
import '@mantine/core/styles/InlineInput.layer.css';
import '@mantine/core/styles/Checkbox.layer.css';
import { Button, Checkbox, Stack, Text, TextInput, Title } from '@mantine/core';
import { useState } from 'react';
import type { WaiverWithText } from '../../../../shared/contracts/waivers.ts';
import { ActionButton } from '../../components/action-button.tsx';
import { Failure } from '../../components/failure.tsx';
import { ButtonLink } from '../../components/links.tsx';
import { waiverTexts } from '../../entities/waivers/texts.ts';
import { useSign } from '../../entities/waivers/waivers.ts';
import { useTexts } from '../../lib/i18n.ts';
import { isProblem } from '../../lib/problem.ts';

const LONGEST_NAME = 40;

type Props = {
  waiver: WaiverWithText;
  person: { personId: PersonId; name: string };
  signerName: string;
  onOutdated: () => void;
};

/** Below the text: agreeing to it, by name. */
export function SignForm({ waiver, person, signerName, onOutdated }: Props) {
  const t = useTexts(waiverTexts);
  const [agreed, setAgreed] = useState(false);
  const [name, setName] = useState(signerName);
  const [asked, setAsked] = useState(false);
  const sign = useSign();
  const submit = () => {
    setAsked(true);
    if (!agreed || !name.trim() || sign.isPending) return;
    const { waiverId, version } = waiver;
    sign.mutate({ personId: person.personId, waiverId, version, signedName: name.trim() });
  };
  return (
    <section className="card">
      <div role="status">{sign.isSuccess ? <Text fw={700}>{t('done')}</Text> : null}</div>
      {sign.isSuccess ? (
        <ButtonLink mt="sm" to="/household">
          {t('toHousehold')}
        </ButtonLink>
      ) : (
        <form
          noValidate
          onSubmit={(event) => {
            event.preventDefault();
            submit();
          }}
        >
          <Stack gap="md">
            <Title order={2}>{t('signTitle', { name: person.name })}</Title>
            <Checkbox
              size="md"
              label={t('agree')}
              checked={agreed}
              error={asked && !agreed ? t('agreeMissing') : undefined}
              onChange={({ currentTarget }) => setAgreed(currentTarget.checked)}
            />
            <TextInput
              label={t('name')}
              autoComplete="name"
              maxLength={LONGEST_NAME}
              value={name}
              error={asked && !name.trim() ? t('nameMissing') : undefined}
              onChange={({ currentTarget }) => setName(currentTarget.value)}
            />
            {isProblem(sign.error, 'waiver-outdated') ? (
              <Failure error={sign.error}>
                <Button size="sm" variant="default" mt="xs" onClick={onOutdated}>
                  {t('reload')}
                </Button>
              </Failure>
            ) : null}
            {sign.error && !isProblem(sign.error, 'waiver-outdated') ? (
              <Failure error={sign.error} onRetry={submit} />
            ) : null}
            <ActionButton type="submit" size="lg" pending={sign.isPending}>
              {t('send')}
            </ActionButton>
          </Stack>
        </form>
      )}
    </section>
  );
}
