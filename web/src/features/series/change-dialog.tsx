import '@mantine/core/styles/Paper.layer.css';
import '@mantine/core/styles/Overlay.layer.css';
import '@mantine/core/styles/ModalBase.layer.css';
import '@mantine/core/styles/Modal.layer.css';
import '@mantine/core/styles/InlineInput.layer.css';
import '@mantine/core/styles/Radio.layer.css';
import { Button, Group, Modal, Radio, Stack, Text, TextInput } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import type { Series, SeriesChange, SeriesOccurrence } from '../../../../shared/contracts/series.ts';
import { ActionButton } from '../../components/action-button.tsx';
import { Failure } from '../../components/failure.tsx';
import { useFocusBack } from '../../components/use-focus-back.ts';
import { dayText } from '../../lib/format.ts';
import { useLanguage, useTexts } from '../../lib/i18n.ts';
import { useCityNow } from '../../lib/today.ts';
import { ChangeResult } from './change-result.tsx';
import { DayFields, type Days } from './day-fields.tsx';
import { type NewPlace, PlaceFields } from './place-fields.tsx';
import { dayRuleOf, onOtherDays } from './rule.ts';
import { useChangePreview, useChangeSeries } from './series.ts';
import { seriesTexts } from './texts.ts';

type Props = { series: Series; occurrence: SeriesOccurrence; onClose: () => void };

const scopes = ['this', 'this-and-following', 'all'] as const;
type Scope = (typeof scopes)[number];

/** What to change, and of which: this one, it and all that follow, or all. */
export function ChangeDialog({ series, occurrence, onClose }: Props) {
  const t = useTexts(seriesTexts);
  useFocusBack(true);
  const language = useLanguage();
  const today = useCityNow().date;
  const navigate = useNavigate();
  const actions =
    series.target.kind === 'room' ? (['move', 'purpose', 'cancel'] as const) : (['move', 'cancel'] as const);
  const dayRule = dayRuleOf(series.rule);
  const [scope, setScope] = useState<Scope>('this');
  const [action, setAction] = useState<'move' | 'purpose' | 'cancel'>('move');
  const [place, setPlace] = useState<NewPlace>({ date: occurrence.date, startsAt: occurrence.startsAt });
  const oldDays: Days = { weekdays: dayRule?.by === 'week' ? dayRule.weekdays : [], like: occurrence.recurrence };
  const [days, setDays] = useState(oldDays);
  const [purpose, setPurpose] = useState(series.target.kind === 'room' ? series.target.purpose : '');
  const look = useChangePreview(series.seriesId);
  const save = useChangeSeries(series.seriesId);
  const several = scope !== 'this';
  /** What was looked at is no longer what is asked. */
  const edited =
    <T,>(set: (value: T) => void) =>
    (value: T) => {
      look.reset();
      save.reset();
      set(value);
    };
  const newRule = () => {
    if (!dayRule || !several || JSON.stringify(days) === JSON.stringify(oldDays)) return {};
    const base = scope === 'all' ? series.firstDate : occurrence.recurrence;
    const chosen = dayRule.by === 'week' ? { weekdays: days.weekdays } : { every: dayRule.every, like: days.like };
    return { rule: onOtherDays(series.rule, base, series.lastDate, chosen) };
  };
  const wanted = (): SeriesChange => {
    const which = scope === 'all' ? { scope } : { scope, recurrence: occurrence.recurrence };
    if (action === 'cancel') return { ...which, cancel: true };
    if (action === 'purpose') return { ...which, purpose: purpose.trim() };
    return { ...which, move: several ? { startsAt: place.startsAt, ...newRule() } : place };
  };
  const incomplete =
    (action === 'purpose' && !purpose.trim()) ||
    (action === 'move' && several && dayRule?.by === 'week' && days.weekdays.length === 0);
  const confirm = () => {
    if (save.isPending) return;
    save.mutate(wanted(), {
      onSuccess: ({ series: { seriesId } }) => {
        onClose();
        if (seriesId !== series.seriesId) void navigate({ to: '/series/$seriesId', params: { seriesId } });
      },
    });
  };
  // A move is looked at first: it may not be possible everywhere, or wait for somebody's word.
  const submit = () => {
    if (incomplete || look.isPending) return;
    if (action === 'move') look.mutate(wanted());
    else confirm();
  };
  return (
    <Modal.Root opened onClose={onClose} centered radius="lg" size="lg">
      <Modal.Overlay />
      <Modal.Content>
        <Modal.Body pt="lg">
          <Modal.Title fz="lg" fw={700} mb="xs">
            {t('changeOf', { day: dayText(occurrence.date, language, today) })}
          </Modal.Title>
          <form
            onSubmit={(event) => {
              event.preventDefault();
              submit();
            }}
          >
            <Stack gap="md">
              <Radio.Group
                label={t('scope')}
                value={scope}
                onChange={edited((value) => setScope(scopes.find((it) => it === value) ?? 'this'))}
              >
                <Stack gap="xs" mt={6}>
                  {scopes.map((it) => (
                    <Radio key={it} value={it} label={t(`scope.${it}`)} />
                  ))}
                </Stack>
              </Radio.Group>
              <Radio.Group
                label={t('action')}
                value={action}
                onChange={edited((value) => setAction(actions.find((it) => it === value) ?? 'move'))}
              >
                <Group mt={6}>
                  {actions.map((it) => (
                    <Radio key={it} value={it} label={t(`action.${it}`)} />
                  ))}
                </Group>
              </Radio.Group>
              {action === 'move' ? (
                <PlaceFields
                  series={series}
                  occurrence={occurrence}
                  one={!several}
                  value={place}
                  onChange={edited(setPlace)}
                />
              ) : null}
              {action === 'move' && several && dayRule ? (
                <DayFields rule={dayRule} today={today} value={days} onChange={edited(setDays)} />
              ) : null}
              {action === 'purpose' ? (
                <TextInput
                  label={t('purpose')}
                  maxLength={100}
                  error={purpose.trim() ? undefined : t('purposeMissing')}
                  value={purpose}
                  onChange={({ currentTarget }) => setPurpose(currentTarget.value)}
                />
              ) : null}
              {action === 'purpose' ? null : <Text size="sm">{t(action === 'move' ? 'keepFirst' : 'cancelNote')}</Text>}
              {look.error ? <Failure error={look.error} onRetry={submit} /> : null}
              {save.error && action !== 'move' ? <Failure error={save.error} onRetry={confirm} /> : null}
              <Group justify="flex-end">
                <Button variant="default" onClick={onClose} data-autofocus>
                  {t('close')}
                </Button>
                <ActionButton
                  type="submit"
                  pending={action === 'move' ? look.isPending : save.isPending}
                  variant={look.data ? 'default' : 'filled'}
                  {...(action === 'cancel' ? { color: 'lychee' } : {})}
                >
                  {t(action === 'move' ? 'look' : 'save')}
                </ActionButton>
              </Group>
              {look.data ? (
                <ChangeResult key={look.submittedAt} preview={look.data}>
                  {save.error ? <Failure error={save.error} onRetry={confirm} /> : null}
                  <ActionButton mt="md" fullWidth pending={save.isPending} onClick={confirm}>
                    {t('save')}
                  </ActionButton>
                </ChangeResult>
              ) : null}
            </Stack>
          </form>
        </Modal.Body>
      </Modal.Content>
    </Modal.Root>
  );
}
