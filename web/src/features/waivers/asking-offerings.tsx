import type { CenterId, OfferingId } from '../../../../shared/contracts/common.ts';
import '@mantine/core/styles/Checkbox.layer.css';
import '@mantine/core/styles/InlineInput.layer.css';
import { Checkbox, NativeSelect, Stack, Text, Title } from '@mantine/core';
import { useState } from 'react';
import type { Waiver } from '../../../../shared/contracts/waivers.ts';
import { Failure } from '../../components/failure.tsx';
import { LoadingCards } from '../../components/loading.tsx';
import { useCenter } from '../../entities/centers/centers.ts';
import styles from '../../entities/people/people.module.css';
import waiversStyles from '../../entities/waivers/waivers.module.css';
import { inLanguage } from '../../lib/format.ts';
import { useLanguage, useTexts } from '../../lib/i18n.ts';
import { manageTexts } from './manage-texts.ts';
import { useAskForWaiver } from './managing.ts';
import { useScopeName } from './use-scope-name.ts';

/** At which offerings of these centers the waiver is asked for, one box for each. */
export function AskingOfferings({ waiver, centerIds }: { waiver: Waiver; centerIds: readonly CenterId[] }) {
  const t = useTexts(manageTexts);
  const scopeName = useScopeName();
  const [chosen, setChosen] = useState(centerIds[0] ?? '');
  return (
    <section aria-labelledby="asking-heading" className={styles.section}>
      <Title order={2} id="asking-heading" mb="xs">
        {t('offerings')}
      </Title>
      <Text mb="sm">{t('offeringsLead')}</Text>
      <div className="card">
        {centerIds.length > 1 ? (
          <NativeSelect
            mb="md"
            label={t('center')}
            value={chosen}
            onChange={({ currentTarget }) => setChosen(currentTarget.value)}
            data={centerIds.map((centerId) => ({ value: centerId, label: scopeName(centerId) }))}
          />
        ) : null}
        <OfferingsOf key={chosen} waiver={waiver} centerId={chosen} />
      </div>
    </section>
  );
}

function OfferingsOf({ waiver: { waiverId }, centerId }: { waiver: Waiver; centerId: CenterId }) {
  const t = useTexts(manageTexts);
  const language = useLanguage();
  const center = useCenter(centerId);
  const ask = useAskForWaiver(waiverId, centerId);
  const [outcome, setOutcome] = useState('');
  if (center.error) return <Failure error={center.error} onRetry={() => void center.refetch()} />;
  if (!center.data) return <LoadingCards count={2} height={48} />;
  const { offerings } = center.data;
  const isAsked = (offeringId: OfferingId, waivers: readonly string[] = []) =>
    ask.isPending && ask.variables.offeringId === offeringId ? ask.variables.asked : waivers.includes(waiverId);
  const toggle = (offeringId: OfferingId, title: string, asked: boolean) => {
    if (ask.isPending) return;
    setOutcome('');
    const tell = () => setOutcome(t(asked ? 'nowAsked' : 'notAsked', { title }));
    ask.mutate({ offeringId, asked }, { onSuccess: tell });
  };
  return (
    <Stack gap="sm">
      {offerings.length === 0 ? <Text c="dimmed">{t('noOfferings')}</Text> : null}
      <div className={waiversStyles.offerings}>
        {offerings.map(({ offeringId, title, providerName, policy }) => {
          const name = inLanguage(title, language);
          return (
            <Checkbox
              key={offeringId}
              size="md"
              label={name}
              description={inLanguage(providerName, language)}
              checked={isAsked(offeringId, policy?.waivers)}
              onChange={({ currentTarget }) => toggle(offeringId, name, currentTarget.checked)}
            />
          );
        })}
      </div>
      <div role="status">{outcome ? <Text fw={600}>{outcome}</Text> : null}</div>
      {ask.error ? <Failure error={ask.error} /> : null}
    </Stack>
  );
}
