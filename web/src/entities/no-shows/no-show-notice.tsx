import { Textarea, Title } from '@mantine/core';
import { useState } from 'react';
import type { Booking } from '../../../../shared/contracts/bookings.ts';
import { ActionButton } from '../../components/action-button.tsx';
import { Failure } from '../../components/failure.tsx';
import { classes } from '../../lib/classes.ts';
import { useDraft } from '../../lib/draft.ts';
import { dayText } from '../../lib/format.ts';
import { useLanguage, useTexts } from '../../lib/i18n.ts';
import { useCityNow } from '../../lib/today.ts';
import { NoShowLog } from './no-show-log.tsx';
import styles from './no-shows.module.css';
import { useAppeal, useNoShows } from './no-shows.ts';
import { noShowTexts } from './texts.ts';

/** A booking that was missed: what that means, until when, what has been said of it, and how to contest it. */
export function NoShowNotice({ booking }: { booking: Booking }) {
  return booking.state === 'no-show' || booking.state === 'excused' ? <Notice booking={booking} /> : null;
}

function Notice({ booking }: { booking: Booking }) {
  const t = useTexts(noShowTexts);
  const language = useLanguage();
  const now = useCityNow();
  const found = useNoShows(booking.beneficiaryId);
  if (found.error) return <Failure error={found.error} onRetry={() => void found.refetch()} />;
  const noShow = found.data?.noShows.find(({ bookingId }) => bookingId === booking.bookingId);
  if (!found.data || !noShow) return null;
  const { rule } = found.data;
  const counts = noShow.state === 'no-show';
  const steps = rule.steps.map(({ from, horizonDays }) => t('step', { from, horizon: horizonDays }));
  const contested = noShow.log.some(({ what }) => what === 'appealed');
  const answered = noShow.log.some(({ what }) => what === 'accepted' || what === 'refused');
  return (
    <section className={classes('card', styles.noShow)} aria-labelledby="no-show-heading">
      <Title order={2} id="no-show-heading">
        {counts ? t('missed') : t(noShow.state === 'excused' ? 'excused' : 'came')}
      </Title>
      {counts ? (
        <>
          <p>{t('missedText')}</p>
          <p>
            {t('counts', { date: dayText(noShow.countsUntil, language, now.date) })}{' '}
            {t('rule', { days: rule.withinDays, steps: steps.join(language === 'zh' ? '，满 ' : ', ') })}
          </p>
        </>
      ) : null}
      <NoShowLog noShow={noShow} />
      <p role="status">{counts && contested && !answered ? t('waiting') : ''}</p>
      {counts && !contested ? <AppealForm booking={booking} /> : null}
    </section>
  );
}

const empty = { reason: '' };

function AppealForm({ booking }: { booking: Booking }) {
  const t = useTexts(noShowTexts);
  const appeal = useAppeal();
  const { value, change, clear } = useDraft(`appeal.${booking.bookingId}`, empty);
  const [asked, setAsked] = useState(false);
  const reason = value.reason.trim();
  const submit = () => {
    setAsked(true);
    if (!reason || appeal.isPending) return;
    appeal.mutate(
      { personId: booking.beneficiaryId, bookingId: booking.bookingId, reason },
      { onSuccess: () => clear() },
    );
  };
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <Textarea
        label={t('appealReason')}
        description={t('appealHint')}
        error={asked && !reason ? t('appealMissing') : undefined}
        autosize
        minRows={2}
        maxLength={500}
        value={value.reason}
        onChange={({ currentTarget }) => change({ reason: currentTarget.value })}
        mb="sm"
      />
      {appeal.error ? <Failure error={appeal.error} onRetry={submit} /> : null}
      <ActionButton type="submit" pending={appeal.isPending}>
        {t('send')}
      </ActionButton>
    </form>
  );
}
