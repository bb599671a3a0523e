import { Button, Text } from '@mantine/core';
import { useParams } from '@tanstack/react-router';
import { useState } from 'react';
import type { SeriesId } from '../../../../shared/contracts/common.ts';
import type { Series, SeriesOccurrence } from '../../../../shared/contracts/series.ts';
import { ActionButton } from '../../components/action-button.tsx';
import { FailedPage } from '../../components/failed-page.tsx';
import { Failure } from '../../components/failure.tsx';
import { ButtonLink, TextLink } from '../../components/links.tsx';
import { LoadingPage } from '../../components/loading.tsx';
import { PageTitle } from '../../components/page-title.tsx';
import { dayText, inLanguage } from '../../lib/format.ts';
import { hasStarted } from '../../lib/has-started.ts';
import { useLanguage, useTexts } from '../../lib/i18n.ts';
import { useCityNow } from '../../lib/today.ts';
import { ChangeDialog } from './change-dialog.tsx';
import { OccurrenceRow } from './occurrence-list.tsx';
import styles from './series.module.css';
import { useChangeSeries, useRest, useSeries } from './series.ts';
import { seriesTexts } from './texts.ts';

const tones = { pending: 'later', waiting: 'later', booked: 'good', skipped: 'bad', canceled: 'over' } as const;

/** A series with each of its dates, the rest being booked while one looks, and what can be changed. */
export function SeriesScreen() {
  const { seriesId } = useParams({ from: '/shell/signed-in/series/$seriesId' });
  const found = useSeries(seriesId);
  if (found.isPending) return <LoadingPage />;
  if (found.error) return <FailedPage error={found.error} onRetry={() => void found.refetch()} />;
  return <SeriesPage key={seriesId} series={found.data} />;
}

function SeriesPage({ series }: { series: Series }) {
  const t = useTexts(seriesTexts);
  const language = useLanguage();
  const today = useCityNow().date;
  const rest = useRest(series);
  const count = (outcome: SeriesOccurrence['outcome']) =>
    series.occurrences.filter((one) => one.outcome === outcome).length;
  const inReach = series.of - series.waiting;
  const counts = { waiting: series.waiting, skipped: count('skipped'), canceled: count('canceled') };
  const others = (['waiting', 'skipped', 'canceled'] as const).filter((outcome) => counts[outcome] > 0);
  const report = [
    t('report.booked', { n: count('booked') }),
    ...others.map((outcome) => t(`report.${outcome}`, { n: counts[outcome] })),
  ].join(t('comma'));
  return (
    <>
      <TextLink to="/series" size="sm">
        {t('back')}
      </TextLink>
      <PageTitle mb="xs">{inLanguage(series.title, language)}</PageTitle>
      <Text mb={4}>
        {t('from', {
          first: dayText(series.firstDate, language, today),
          last: dayText(series.lastDate, language, today),
        })}
        {series.beneficiaryName ? ` · ${t('for')} ${series.beneficiaryName}` : ''}
      </Text>
      {series.byStaff ? (
        <Text size="sm">{t('deskBy', { name: series.actorName ?? t('staff'), reason: series.reason ?? '' })}</Text>
      ) : null}
      {series.follows ? <Neighbor seriesId={series.follows}>{t('follows')}</Neighbor> : null}
      {series.continuedBy ? <Neighbor seriesId={series.continuedBy}>{t('continued')}</Neighbor> : null}
      {series.healAfterClosures ? (
        <Text size="sm" c="dimmed">
          {t('heals')}
        </Text>
      ) : null}
      <div role="status">
        <Text fw={600} mt="sm">
          {series.next ? t('progress', { done: series.done, of: inReach }) : report}
        </Text>
      </div>
      {series.next ? (
        <progress
          className={styles.progress}
          value={series.done}
          max={inReach}
          aria-label={t('progress', { done: series.done, of: inReach })}
        />
      ) : null}
      {rest.error ? <Failure error={rest.error} onRetry={() => void rest.refetch()} /> : null}
      {series.waiting > 0 ? <Text size="sm">{t('waitingNote')}</Text> : null}
      <Occurrences series={series} />
    </>
  );
}

function Neighbor({ seriesId, children }: { seriesId: SeriesId; children: string }) {
  const t = useTexts(seriesTexts);
  return (
    <Text size="sm">
      {children}{' '}
      <TextLink to="/series/$seriesId" params={{ seriesId }}>
        {t('see')}
      </TextLink>
    </Text>
  );
}

function Occurrences({ series }: { series: Series }) {
  const t = useTexts(seriesTexts);
  const language = useLanguage();
  const now = useCityNow();
  const [changing, setChanging] = useState<SeriesOccurrence>();
  const take = useChangeSeries(series.seriesId);
  const [taking, setTaking] = useState('');
  return (
    <>
      <ul className={styles.list}>
        {series.occurrences.map((one) => {
          const { recurrence, outcome, bookingId, alternative, date, startsAt, state, next } = one;
          const open = !hasStarted(now, date, startsAt) && !series.next;
          const day = dayText(date, language, now.date);
          return (
            <OccurrenceRow
              key={recurrence}
              occurrence={one}
              state={t(state === 'held' ? 'outcome.held' : `outcome.${outcome}`)}
              tone={tones[outcome]}
            >
              {bookingId && outcome === 'booked' ? (
                <ButtonLink
                  variant="default"
                  to="/bookings/$personId/$bookingId"
                  params={{ personId: series.beneficiaryId, bookingId }}
                  aria-label={`${t('open')} ${day}`}
                >
                  {t('open')}
                </ButtonLink>
              ) : null}
              {next ? (
                <ButtonLink
                  variant="light"
                  to="/bookings/$personId/$bookingId"
                  params={{ personId: series.beneficiaryId, bookingId: next.bookingId }}
                  aria-label={`${t('seeNext')} ${day}`}
                >
                  {t('seeNext')}
                </ButtonLink>
              ) : null}
              {open && outcome === 'skipped' && alternative ? (
                <ActionButton
                  variant="light"
                  pending={take.isPending && taking === recurrence}
                  onClick={() => {
                    setTaking(recurrence);
                    const { date: to, startsAt: from, endsAt: until } = alternative;
                    take.mutate({ scope: 'this', recurrence, move: { date: to, startsAt: from, endsAt: until } });
                  }}
                >
                  {t('take')}
                </ActionButton>
              ) : null}
              {open && outcome !== 'canceled' && outcome !== 'skipped' ? (
                <Button variant="default" aria-label={t('changeOf', { day })} onClick={() => setChanging(one)}>
                  {t('change')}
                </Button>
              ) : null}
              {take.error && taking === recurrence ? <Failure error={take.error} /> : null}
            </OccurrenceRow>
          );
        })}
      </ul>
      {changing ? <ChangeDialog series={series} occurrence={changing} onClose={() => setChanging(undefined)} /> : null}
    </>
  );
}
