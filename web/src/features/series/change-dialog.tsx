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
import { type NewPlace, PlaceFields } from './place-fields.tsx';
import { useChangeSeries } from './series.ts';
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
  const [scope, setScope] = useState<Scope>('this');
  const [action, setAction] = useState<'move' | 'purpose' | 'cancel'>('move');
  const [place, setPlace] = useState<NewPlace>({ date: occurrence.date, startsAt: occurrence.startsAt });
  const [purpose, setPurpose] = useState(series.target.kind === 'room' ? series.target.purpose : '');
  const save = useChangeSeries(series.seriesId);
  const wanted = (): SeriesChange => {
    const which = scope === 'all' ? { scope } : { scope, recurrence: occurrence.recurrence };
    if (action === 'cancel') return { ...which, cancel: true };
    if (action === 'purpose') return { ...which, purpose: purpose.trim() };
    return { ...which, move: scope === 'this' ? place : { startsAt: place.startsAt } };
  };
  const submit = () => {
    if (save.isPending || (action === 'purpose' && !purpose.trim())) return;
    save.mutate(wanted(), {
      onSuccess: ({ series: { seriesId } }) => {
        onClose();
        if (seriesId !== series.seriesId) void navigate({ to: '/series/$seriesId', params: { seriesId } });
      },
    });
  };
  return (
    <Modal.Root opened onClose={onClose} centered radius="lg">
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
                onChange={(value) => setScope(scopes.find((it) => it === value) ?? 'this')}
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
                onChange={(value) => setAction(actions.find((it) => it === value) ?? 'move')}
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
                  one={scope === 'this'}
                  value={place}
                  onChange={setPlace}
                />
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
              {save.error ? <Failure error={save.error} onRetry={submit} /> : null}
              <Group justify="flex-end">
                <Button variant="default" onClick={onClose} data-autofocus>
                  {t('close')}
                </Button>
                <ActionButton
                  type="submit"
                  pending={save.isPending}
                  {...(action === 'cancel' ? { color: 'lychee' } : {})}
                >
                  {t('save')}
                </ActionButton>
              </Group>
            </Stack>
          </form>
        </Modal.Body>
      </Modal.Content>
    </Modal.Root>
  );
}
