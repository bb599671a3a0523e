import type { CenterId } from '../../../../shared/contracts/common.ts';
import '@mantine/core/styles/InlineInput.layer.css';
import '@mantine/core/styles/Checkbox.layer.css';
import { Button, Checkbox, TextInput } from '@mantine/core';
import { IconQrcode } from '@tabler/icons-react';
import { useRef, useState } from 'react';
import type { IsoDate } from '../../../../shared/kernel/days.ts';
import { useTexts } from '../../lib/i18n.ts';
import { type Attendance, useAttendanceByCode } from './attendance.ts';
import { canScan } from './barcode-detector.ts';
import { CameraScan } from './camera-scan.tsx';
import styles from './check-in-bar.module.css';
import { CheckInResults, type Outcome, type Result } from './check-in-results.tsx';
import { byCodeTexts } from './check-in-texts.ts';
import { codeIn } from './codes.ts';
import { useSlashKey } from './use-slash-key.ts';

const KEPT_RESULTS = 3;
const directions = ['checked-in', 'checked-out'] as const satisfies Attendance[];

/**
 * Check in or out by the code on a slip. The field empties itself after Enter and keeps the focus, so that a scanner can go on with
 * the next slip while answers are on their way.
 */
export function CheckInBar({ centerId, date }: { centerId: CenterId; date: IsoDate }) {
  const t = useTexts(byCodeTexts);
  const field = useRef<HTMLInputElement>(null);
  const [typed, setTyped] = useState('');
  const [bad, setBad] = useState(false);
  const [to, setTo] = useState<Attendance>('checked-in');
  const [scanning, setScanning] = useState(false);
  const [results, setResults] = useState<Result[]>([]);
  const slash = useSlashKey(field);
  const { mutateAsync } = useAttendanceByCode(centerId);

  const send = async (code: string, direction: Attendance) => {
    const id = `${performance.now()}`;
    const keep = (outcome: Outcome) =>
      setResults((before) =>
        [{ id, code, to: direction, ...outcome }, ...before.filter((it) => it.id !== id)].slice(0, KEPT_RESULTS),
      );
    keep({ state: 'working' });
    try {
      keep({ state: 'done', answer: await mutateAsync({ code, to: direction }) });
    } catch (error) {
      keep({ state: 'refused', error: error instanceof Error ? error : new Error(String(error)) });
    }
  };
  const submit = (text: string) => {
    const code = codeIn(text);
    setBad(code === undefined);
    if (code === undefined) return field.current?.select();
    setTyped('');
    void send(code, to);
  };
  return (
    <section className={styles.bar} aria-labelledby="check-in-heading">
      <h2 id="check-in-heading" className="visually-hidden">
        {t('heading')}
      </h2>
      <div className={styles.width}>
        <form
          className={styles.form}
          noValidate
          onSubmit={(event) => {
            event.preventDefault();
            submit(typed);
          }}
        >
          <div className={styles.label}>
            <label htmlFor="check-in-code">{t('code')}</label>
            <Checkbox
              className={styles.slash}
              size="xs"
              label={t('shortcut')}
              checked={slash.on}
              onChange={({ currentTarget }) => slash.change(currentTarget.checked)}
            />
          </div>
          <fieldset className={styles.direction}>
            <legend className="visually-hidden">{t('direction')}</legend>
            {directions.map((direction) => (
              <label key={direction}>
                <input
                  type="radio"
                  name="direction"
                  value={direction}
                  checked={to === direction}
                  onChange={() => {
                    setTo(direction);
                    field.current?.focus();
                  }}
                />
                <span>{t(`to.${direction}`)}</span>
              </label>
            ))}
          </fieldset>
          <TextInput
            ref={field}
            className={styles.field}
            size="lg"
            id="check-in-code"
            placeholder={t('codeHint')}
            error={bad ? t('tooShort') : undefined}
            autoComplete="off"
            autoCapitalize="characters"
            spellCheck={false}
            enterKeyHint="go"
            value={typed}
            onChange={({ currentTarget }) => {
              setTyped(currentTarget.value);
              setBad(false);
            }}
          />
          <Button type="submit" size="lg" variant="white">
            {t('go')}
          </Button>
          {canScan ? (
            <Button
              variant="default"
              size="lg"
              className={styles.camera}
              aria-label={t('camera')}
              onClick={() => setScanning(true)}
            >
              <IconQrcode aria-hidden />
            </Button>
          ) : null}
        </form>
      </div>
      {scanning ? (
        <CameraScan
          onCode={(text) => {
            setScanning(false);
            submit(text);
          }}
          onClose={() => setScanning(false)}
        />
      ) : null}
      <CheckInResults
        centerId={centerId}
        date={date}
        results={results}
        onClose={() => {
          setResults([]);
          field.current?.focus();
        }}
        onAgain={(code, direction) => {
          void send(code, direction);
          field.current?.focus();
        }}
      />
    </section>
  );
}
