import { Button, Group, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { useState } from 'react';
import type { OrderView } from '../../../../shared/contracts/bookings.ts';
import type { CenterId } from '../../../../shared/contracts/common.ts';
import { ActionButton } from '../../components/action-button.tsx';
import { ConfirmDialog } from '../../components/confirm-dialog.tsx';
import { Empty } from '../../components/empty.tsx';
import { FailedPage } from '../../components/failed-page.tsx';
import { Failure } from '../../components/failure.tsx';
import { TextLink } from '../../components/links.tsx';
import { LoadingPage } from '../../components/loading.tsx';
import { PageTitle } from '../../components/page-title.tsx';
import { bookingQuery } from '../../entities/bookings/bookings.ts';
import { useCenter } from '../../entities/centers/centers.ts';
import { NoDesk } from '../../entities/desks/no-desk.tsx';
import { useDesks } from '../../entities/desks/use-desks.ts';
import { Countdown } from '../../entities/holds/countdown.tsx';
import styles from '../../entities/holds/holds.module.css';
import { useDecideOrder } from '../../entities/holds/orders.ts';
import { holdsTexts } from '../../entities/holds/texts.ts';
import { callApi } from '../../lib/api.ts';
import { classes } from '../../lib/classes.ts';
import { dayText, inLanguage, instantText, priceText, timeRange } from '../../lib/format.ts';
import { useLanguage, useTexts } from '../../lib/i18n.ts';
import { useCityNow } from '../../lib/today.ts';

const REFRESH_MS = 20_000;

/** What waits for a yes of the center: who asks for what, when, and until when it is kept. */
export function ApprovalsScreen() {
  const t = useTexts(holdsTexts);
  const { centerId } = useParams({ from: '/shell/signed-in/desk/$centerId/approvals' });
  const { desks, error, retry } = useDesks();
  const [said, say] = useState('');
  const isOwn = desks?.some((desk) => desk.centerId === centerId) ?? false;
  const found = useQuery({
    queryKey: ['approvals', centerId],
    queryFn: async ({ signal }) =>
      (await callApi('GET /v1/centers/{centerId}/approvals', { path: { centerId }, signal })).orders,
    refetchInterval: REFRESH_MS,
    enabled: isOwn,
    // Names of residents: not kept once the page is closed.
    gcTime: 0,
  });
  if (error && !desks) return <FailedPage error={error} onRetry={retry} />;
  if (!desks) return <LoadingPage />;
  if (!isOwn) return <NoDesk />;
  return (
    <div style={{ maxWidth: '42rem' }}>
      <TextLink to="/desk/$centerId" params={{ centerId }} size="sm">
        {t('back')}
      </TextLink>
      <PageTitle mb="xs">{t('approvals')}</PageTitle>
      <Text mb="md">{t('approvalsLead')}</Text>
      <Text role="status" fw={600} mb="sm">
        {said}
      </Text>
      {found.isPending ? <LoadingPage /> : null}
      {found.error ? <Failure error={found.error} onRetry={() => void found.refetch()} /> : null}
      {found.data?.length === 0 ? <Empty title={t('noApprovals')} /> : null}
      <ul className={classes('plain-list', styles.approvalsList)}>
        {found.data?.map((order) => (
          <ApprovalCard key={order.orderId} centerId={centerId} order={order} onSaid={say} />
        ))}
      </ul>
    </div>
  );
}

type CardProps = { centerId: CenterId; order: OrderView; onSaid: (text: string) => void };

function ApprovalCard({ centerId, order, onSaid }: CardProps) {
  const t = useTexts(holdsTexts);
  const language = useLanguage();
  const now = useCityNow();
  const center = useCenter(centerId).data;
  const decide = useDecideOrder();
  const [asking, setAsking] = useState(false);
  const [first] = order.bookings;
  // The list has no names; the booking of one of them tells it, and the look is logged for the person.
  const named = useQuery({
    ...bookingQuery(first?.beneficiaryId ?? '', first?.bookingId ?? ''),
    enabled: first !== undefined,
  });
  if (!first) return null;
  const name = named.data?.beneficiaryName ?? '…';
  const title = inLanguage(first.title, language);
  const what = `${name} · ${title}`;
  const use = center?.offerings.find(({ offeringId }) => offeringId === first.offeringId);
  const facts: [string, string | undefined][] = [
    [t('who'), name],
    [
      t('purpose'),
      [use && first.kind === 'room' ? inLanguage(use.title, language) : '', first.purpose].filter(Boolean).join(' · '),
    ],
    [
      t('with'),
      first.with
        ?.map((id) => center?.rooms.find(({ roomId }) => roomId === id))
        .map((room) => (room ? inLanguage(room.name, language) : ''))
        .join(language === 'zh' ? '、' : ', '),
    ],
  ];
  const say = (word: 'approve' | 'reject') =>
    decide.mutate(
      { orderId: order.orderId, word },
      {
        onSuccess: () => {
          setAsking(false);
          onSaid(t(word === 'approve' ? 'approved' : 'rejected', { what }));
        },
      },
    );
  return (
    <li className={classes('card', styles.approvalCard)}>
      <h2>{title}</h2>
      {order.bookings.map((booking) => (
        <p key={booking.bookingId}>
          <strong>
            {dayText(booking.date, language, now.date)} {timeRange(booking.startsAt, booking.endsAt)}
          </strong>
        </p>
      ))}
      <dl className={styles.approvalFacts}>
        {facts.map(([label, value]) =>
          value ? (
            <div key={label}>
              <dt>{label}</dt>
              <dd>{value}</dd>
            </div>
          ) : null,
        )}
      </dl>
      <Text size="sm" c="dimmed">
        {t('by', { time: instantText(first.createdAt, language) })} · {priceText(order.totalFen, language)}
      </Text>
      {order.heldUntil ? <Countdown until={order.heldUntil} /> : null}
      {decide.error && !asking ? <Failure error={decide.error} onRetry={() => say('approve')} /> : null}
      <Group>
        <ActionButton
          pending={decide.isPending && !asking}
          aria-label={t('approveOf', { what })}
          onClick={() => say('approve')}
        >
          {t('approve')}
        </ActionButton>
        <Button
          variant="default"
          aria-label={t('rejectOf', { what })}
          onClick={() => {
            decide.reset();
            setAsking(true);
          }}
        >
          {t('reject')}
        </Button>
      </Group>
      <ConfirmDialog
        opened={asking}
        title={t('rejectTitle')}
        yes={t('rejectYes')}
        no={t('rejectNo')}
        pending={decide.isPending}
        error={decide.error}
        onYes={() => say('reject')}
        onClose={() => setAsking(false)}
      >
        <Text>{what}</Text>
        <Text size="sm">{t('rejectText')}</Text>
      </ConfirmDialog>
    </li>
  );
}
