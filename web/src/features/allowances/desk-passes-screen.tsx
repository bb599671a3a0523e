import '@mantine/core/styles/Checkbox.layer.css';
import '@mantine/core/styles/InlineInput.layer.css';
import { Button, Checkbox, NativeSelect, Stack, Text } from '@mantine/core';
import { useParams } from '@tanstack/react-router';
import { useState } from 'react';
import type { Person } from '../../../../shared/contracts/people.ts';
import { ActionButton } from '../../components/action-button.tsx';
import { FailedPage } from '../../components/failed-page.tsx';
import { Failure } from '../../components/failure.tsx';
import { TextLink } from '../../components/links.tsx';
import { LoadingPage } from '../../components/loading.tsx';
import { PageTitle } from '../../components/page-title.tsx';
import styles from '../../entities/allowances/allowances.module.css';
import { useIssuePass, usePassKinds, usePayPart } from '../../entities/allowances/allowances.ts';
import { allowanceTexts } from '../../entities/allowances/texts.ts';
import { FindPerson } from '../../entities/desks/find-person.tsx';
import { NoDesk } from '../../entities/desks/no-desk.tsx';
import { PersonRow } from '../../entities/desks/person-row.tsx';
import { ReasonField } from '../../entities/desks/reason-field.tsx';
import { useDesks } from '../../entities/desks/use-desks.ts';
import { inLanguage, priceText } from '../../lib/format.ts';
import { useLanguage, useTexts } from '../../lib/i18n.ts';
import { ConfirmFacts } from './confirm-facts.tsx';
import { PersonAllowances } from './person-allowances.tsx';

/** Staff hand out a pass to a resident, and record parts as paid. */
export function DeskPassesScreen() {
  const t = useTexts(allowanceTexts);
  const { centerId } = useParams({ from: '/shell/signed-in/desk/$centerId/passes' });
  const { desks, error, retry } = useDesks();
  const [person, setPerson] = useState<Person>();
  const [reason, setReason] = useState('');
  const [asked, setAsked] = useState(false);
  if (error) return <FailedPage error={error} onRetry={retry} />;
  if (!desks) return <LoadingPage />;
  if (!desks.some((desk) => desk.centerId === centerId)) return <NoDesk />;
  const withReason = (run: (text: string) => void) => {
    setAsked(true);
    if (reason.trim()) run(reason.trim());
  };
  return (
    <div className={styles.deskPasses}>
      <TextLink to="/desk/$centerId" params={{ centerId }} size="sm">
        {t('deskBack')}
      </TextLink>
      <PageTitle mb="xs">{t('deskTitle')}</PageTitle>
      <Text mb="md">{t('deskLead')}</Text>
      <ReasonField value={reason} missing={asked && !reason.trim()} onChange={setReason} />
      {person ? (
        <Holder key={person.personId} person={person} withReason={withReason} onAnother={() => setPerson(undefined)} />
      ) : (
        <FindPerson typed="" withReason={withReason} onChoose={setPerson} />
      )}
    </div>
  );
}

type HolderProps = { person: Person; withReason: (run: (reason: string) => void) => void; onAnother: () => void };

function Holder({ person, withReason, onAnother }: HolderProps) {
  const t = useTexts(allowanceTexts);
  const language = useLanguage();
  const kinds = usePassKinds();
  const issue = useIssuePass(person.personId);
  const pay = usePayPart(person.personId);
  const [kindId, setKindId] = useState('');
  const [inParts, setInParts] = useState(false);
  const kind = kinds.data?.find((one) => one.kindId === kindId) ?? kinds.data?.[0];
  const submit = () =>
    withReason((reason) => {
      if (kind && !issue.isPending)
        issue.mutate({ kindId: kind.kindId, inParts: inParts && kind.parts !== undefined, reason });
    });
  return (
    <Stack gap="md" mt="md">
      <div className="card">
        <PersonRow person={person} />
        <Button variant="subtle" onClick={onAnother}>
          {t('another')}
        </Button>
      </div>
      <PersonAllowances
        personId={person.personId}
        partAction={({ passId }, part) => (
          <Button size="sm" variant="default" loading={pay.isPending} onClick={() => pay.mutate({ passId, part })}>
            {t('payPart')}
          </Button>
        )}
      />
      {pay.error ? <Failure error={pay.error} /> : null}
      <ConfirmFacts person={person} withReason={withReason} />
      {kinds.error ? <Failure error={kinds.error} onRetry={() => void kinds.refetch()} /> : null}
      {kind ? (
        <>
          <NativeSelect
            label={t('kind')}
            value={kind.kindId}
            onChange={({ currentTarget }) => setKindId(currentTarget.value)}
            data={(kinds.data ?? []).map(({ kindId: value, title, units, priceFen }) => ({
              value,
              label: t('kindOption', {
                title: inLanguage(title, language),
                units,
                price: priceText(priceFen, language),
              }),
            }))}
          />
          {kind.parts ? (
            <Checkbox
              label={t('inParts')}
              checked={inParts}
              onChange={({ currentTarget }) => setInParts(currentTarget.checked)}
            />
          ) : null}
          {issue.error ? <Failure error={issue.error} onRetry={submit} /> : null}
          <ActionButton pending={issue.isPending} onClick={submit}>
            {t('issue')}
          </ActionButton>
          <div role="status">{issue.data ? <Text fw={700}>{t('issued', { name: person.name })}</Text> : null}</div>
        </>
      ) : null}
    </Stack>
  );
}
