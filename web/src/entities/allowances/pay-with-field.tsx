import { NativeSelect } from '@mantine/core';
import { useQueries } from '@tanstack/react-query';
import type { PersonId } from '../../../../shared/contracts/common.ts';
import type { PayWith } from '../../../../shared/contracts/passes.ts';
import type { Session } from '../../../../shared/contracts/sessions.ts';
import { callApi } from '../../lib/api.ts';
import { inLanguage, priceText } from '../../lib/format.ts';
import { useLanguage, useTexts } from '../../lib/i18n.ts';
import { useCenter } from '../centers/centers.ts';
import { allowanceTexts } from './texts.ts';

type Person = { personId: PersonId; name: string };
type Choice = { value: string; label: string; payWith: PayWith };
type Props = {
  session: Session;
  /** Who might pay: oneself and everybody one books for. */
  people: readonly Person[];
  /** Places that are paid for. */
  places: number;
  value: PayWith | undefined;
  onChange: (payWith: PayWith | undefined) => void;
};

/** Passes and funds that can pay for this class. Nothing is shown where there is none (nor was one chosen), or nothing to pay. */
export function PayWithField({ session, people, places, value, onChange }: Props) {
  const t = useTexts(allowanceTexts);
  const language = useLanguage();
  const offering = useCenter(session.centerId).data?.offerings.find((it) => it.offeringId === session.offeringId);
  const priced = session.residentPriceFen > 0;
  const found = useQueries({
    queries: people.map(({ personId }) => ({
      queryKey: ['allowances', personId, 'today'],
      queryFn: ({ signal }: { signal: AbortSignal }) =>
        callApi('GET /v1/people/{personId}/allowances', { path: { personId }, signal }),
      enabled: priced,
    })),
  });
  const choices = people.flatMap(({ personId: holderId, name: who }, index): Choice[] => {
    const data = found[index]?.data;
    const passes = (data?.passes ?? [])
      .filter(
        ({ kindId, left, validUntil }) =>
          offering?.policy?.passes?.includes(kindId) && left >= places && validUntil >= session.date,
      )
      .map(({ passId, title, left }) => ({
        value: passId,
        label: t('payPass', { name: inLanguage(title, language), who, left }),
        payWith: { passId, holderId },
      }));
    const funds = (data?.funds ?? [])
      .filter(({ leftFen, validUntil }) => leftFen >= places * session.residentPriceFen && validUntil >= session.date)
      .map(({ fundId, funder, leftFen }) => ({
        value: fundId,
        label: t('payFund', { name: inLanguage(funder, language), who, left: priceText(leftFen, language) }),
        payWith: { fundId, holderId },
      }));
    return [...passes, ...funds];
  });
  const chosen = value ? ('passId' in value ? value.passId : value.fundId) : '';
  // Chosen before, and used up or out of date by now.
  const isGone = chosen !== '' && choices.every((choice) => choice.value !== chosen);
  if (!priced || found.some(({ isPending }) => isPending) || (choices.length === 0 && !isGone)) return null;
  return (
    <NativeSelect
      label={t('payWith')}
      description={t('payHint')}
      value={chosen}
      onChange={({ currentTarget }) =>
        onChange(choices.find((choice) => choice.value === currentTarget.value)?.payWith)
      }
      data={[
        ...(isGone ? [{ value: chosen, label: t('payGone') }] : []),
        { value: '', label: t('payMoney') },
        ...choices.map(({ value: id, label }) => ({ value: id, label })),
      ]}
    />
  );
}
