import { NativeSelect } from '@mantine/core';
import type { Center } from '../../../../shared/contracts/centers.ts';
import type { Operator } from '../../entities/operators/operators.ts';
import { inLanguage } from '../../lib/format.ts';
import { useLanguage, useTexts } from '../../lib/i18n.ts';
import styles from './service-accounts.module.css';
import { ofScope, type Scope } from './service-accounts.ts';
import { serviceAccountTexts } from './texts.ts';

const bureaus = ['commerce', 'civil-affairs', 'education', 'health'] as const;
export const kinds = ['center-staff', 'operator-staff', 'bureau-officer', 'platform-admin'] as const;
type Kind = Scope['kind'];

export type Places = { centers: readonly Center[]; operators: readonly Operator[] };

/** A post of this kind at the first place there is. */
export function firstScope(kind: Kind, { centers, operators }: Places): Scope {
  switch (kind) {
    case 'center-staff':
      return { kind, centerId: centers[0]?.centerId ?? '' };
    case 'operator-staff':
      return { kind, operatorId: operators[0]?.operatorId ?? '' };
    case 'bureau-officer':
      return { kind, bureau: bureaus[0] };
    case 'platform-admin':
      return { kind };
  }
}

type Props = {
  scope: Scope;
  onChange: (scope: Scope) => void;
  mayGive: readonly Kind[];
  places: Places;
};

/** Which post: the list shows its accounts, a new account gets it. */
export function ScopeChoice({ scope, onChange, mayGive, places }: Props) {
  const t = useTexts(serviceAccountTexts);
  return (
    <div className={styles.choice}>
      <NativeSelect
        label={t('post')}
        value={scope.kind}
        data={mayGive.map((kind) => ({ value: kind, label: t(`kind.${kind}`) }))}
        onChange={({ currentTarget }) => {
          const kind = mayGive.find((one) => one === currentTarget.value);
          if (kind) onChange(firstScope(kind, places));
        }}
      />
      <PlaceField scope={scope} onChange={onChange} places={places} />
    </div>
  );
}

/** At which center, operator or bureau. */
function PlaceField({ scope, onChange, places: { centers, operators } }: Omit<Props, 'mayGive'>) {
  const t = useTexts(serviceAccountTexts);
  const language = useLanguage();
  const select = (label: string, data: { value: string; label: string }[], choose: (value: string) => Scope) => (
    <NativeSelect
      label={label}
      value={ofScope(scope)}
      data={data}
      onChange={({ currentTarget }) => onChange(choose(currentTarget.value))}
    />
  );
  switch (scope.kind) {
    case 'center-staff': {
      const { kind } = scope;
      const data = centers.map(({ centerId, name }) => ({ value: centerId, label: inLanguage(name, language) }));
      return select(t('center'), data, (centerId) => ({ kind, centerId }));
    }
    case 'operator-staff': {
      const { kind } = scope;
      const data = operators.map(({ operatorId, name }) => ({ value: operatorId, label: inLanguage(name, language) }));
      return select(t('operator'), data, (operatorId) => ({ kind, operatorId }));
    }
    case 'bureau-officer': {
      const { kind } = scope;
      const data = bureaus.map((bureau) => ({ value: bureau, label: t(`bureau.${bureau}`) }));
      return select(t('bureau'), data, (value) => ({
        kind,
        bureau: bureaus.find((bureau) => bureau === value) ?? bureaus[0],
      }));
    }
    case 'platform-admin':
      return null;
  }
}
