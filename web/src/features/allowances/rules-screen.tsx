import { NumberInput, Text, TextInput } from '@mantine/core';
import '@mantine/core/styles/NumberInput.layer.css';
import { useState } from 'react';
import { may } from '../../../../shared/access/abilities.ts';
import type { CityRules, FairUseRule } from '../../../../shared/contracts/city-rules.ts';
import { ActionButton } from '../../components/action-button.tsx';
import { FailedPage } from '../../components/failed-page.tsx';
import { Failure } from '../../components/failure.tsx';
import { LoadingPage } from '../../components/loading.tsx';
import { PageTitle } from '../../components/page-title.tsx';
import styles from '../../entities/allowances/allowances.module.css';
import { useChangeRules, useCityRules } from '../../entities/allowances/allowances.ts';
import { allowanceTexts } from '../../entities/allowances/texts.ts';
import { abilitiesOfMe } from '../../entities/people/abilities.ts';
import { useMe } from '../../entities/people/me.ts';
import { classes } from '../../lib/classes.ts';
import { inLanguage } from '../../lib/format.ts';
import { useLanguage, useTexts } from '../../lib/i18n.ts';

/** A bureau changes the figures of the city's rules. */
export function RulesScreen() {
  const t = useTexts(allowanceTexts);
  const me = useMe();
  const rules = useCityRules();
  const change = useChangeRules();
  const error = me.error ?? rules.error;
  if (error) return <FailedPage error={error} onRetry={() => void rules.refetch()} />;
  if (!me.data || !rules.data) return <LoadingPage />;
  const mine = may(abilitiesOfMe(me.data), 'publish', 'City', { tenantId: 'this' });
  return (
    <div className={styles.cityRules}>
      <PageTitle mb="xs">{t('rulesTitle')}</PageTitle>
      <Text mb="lg">{mine ? t('rulesLead') : t('notYours')}</Text>
      {/* The form begins anew with each version; that it was saved is said by what stays. */}
      {mine ? <RulesForm key={rules.data.version} inForce={rules.data} change={change} /> : null}
      <div role="status">{change.isSuccess ? <Text fw={700}>{t('saved')}</Text> : null}</div>
    </div>
  );
}

function RulesForm({ inForce, change }: { inForce: CityRules; change: ReturnType<typeof useChangeRules> }) {
  const t = useTexts(allowanceTexts);
  const [rules, setRules] = useState(inForce);
  const setRule = (ruleId: string, part: Partial<FairUseRule>) =>
    setRules({
      ...rules,
      fairUse: rules.fairUse.map((rule) => (rule.ruleId === ruleId ? { ...rule, ...part } : rule)),
    });
  const submit = () => {
    if (!change.isPending) change.mutate(rules);
  };
  const whole = (value: string | number, otherwise: number) => (typeof value === 'number' ? value : otherwise);
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <div className={classes('card', styles.cityRulesFields)}>
        <NumberInput
          size="md"
          label={t('roomDays')}
          min={1}
          value={rules.roomDaysAhead}
          onChange={(value) => setRules({ ...rules, roomDaysAhead: whole(value, rules.roomDaysAhead) })}
        />
        <NumberInput
          size="md"
          label={t('sessionDays')}
          min={1}
          value={rules.sessionDaysAhead}
          onChange={(value) => setRules({ ...rules, sessionDaysAhead: whole(value, rules.sessionDaysAhead) })}
        />
        <NumberInput
          size="md"
          label={t('roomMinutes')}
          min={15}
          step={15}
          value={rules.roomMinutesPerDay}
          onChange={(value) => setRules({ ...rules, roomMinutesPerDay: whole(value, rules.roomMinutesPerDay) })}
        />
      </div>
      {rules.fairUse.map((rule) => (
        <RuleCard key={rule.ruleId} rule={rule} onChange={(part) => setRule(rule.ruleId, part)} />
      ))}
      {change.error ? <Failure error={change.error} onRetry={submit} /> : null}
      <ActionButton type="submit" pending={change.isPending}>
        {t('save')}
      </ActionButton>
    </form>
  );
}

function RuleCard({ rule, onChange }: { rule: FairUseRule; onChange: (part: Partial<FairUseRule>) => void }) {
  const t = useTexts(allowanceTexts);
  const language = useLanguage();
  const mayPrice = rule.of.kind === 'room' && rule.unit === 'hours';
  return (
    <fieldset className="card">
      <legend>
        <Text fw={700} component="span">
          {inLanguage(rule.title, language)}
        </Text>{' '}
        · {t(`per.${rule.per}`)} · {t(`window.${rule.window}`)}
      </legend>
      <div className={styles.cityRulesFields}>
        <NumberInput
          size="md"
          label={t('free', { unit: t(`unit.${rule.unit}`) })}
          min={0}
          step={rule.unit === 'hours' ? 0.5 : 1}
          value={rule.free}
          onChange={(value) => onChange({ free: typeof value === 'number' ? value : rule.free })}
        />
        {mayPrice ? (
          <NumberInput
            size="md"
            label={t('price')}
            min={0}
            decimalScale={2}
            value={rule.beyond === 'refuse' ? '' : rule.beyond.pricePerHourFen / 100}
            onChange={(value) =>
              onChange({
                beyond:
                  typeof value === 'number' && value > 0 ? { pricePerHourFen: Math.round(value * 100) } : 'refuse',
              })
            }
          />
        ) : null}
        <TextInput
          label={t('sourceField')}
          maxLength={200}
          value={rule.source}
          onChange={({ currentTarget }) => onChange({ source: currentTarget.value })}
        />
      </div>
    </fieldset>
  );
}
