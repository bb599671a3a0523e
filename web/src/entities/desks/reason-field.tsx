import { TextInput } from '@mantine/core';
import { useTexts } from '../../lib/i18n.ts';
import styles from './add-person.module.css';
import { addTexts } from './add-texts.ts';

const presets = ['walk-in', 'phone', 'no-phone'] as const;
const LONGEST = 200;

type Props = { value: string; missing: boolean; onChange: (reason: string) => void };

/** Why staff act for someone: the usual reasons at a tap, any other in words. */
export function ReasonField({ value, missing, onChange }: Props) {
  const t = useTexts(addTexts);
  return (
    <div className={styles.reason}>
      <TextInput
        id="desk-reason"
        label={t('reason')}
        description={t('reasonHint')}
        error={missing ? t('reasonMissing') : undefined}
        maxLength={LONGEST}
        value={value}
        onChange={({ currentTarget }) => onChange(currentTarget.value)}
        data-autofocus
      />
      <div className={styles.presets}>
        {presets.map((preset) => {
          const text = t(`preset.${preset}`);
          return (
            <button key={preset} type="button" aria-pressed={value === text} onClick={() => onChange(text)}>
              {text}
            </button>
          );
        })}
      </div>
    </div>
  );
}
