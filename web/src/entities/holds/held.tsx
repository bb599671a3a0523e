import { Button, Group, Text } from '@mantine/core';
import { IconAlarm } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import type { Booking } from '../../../../shared/contracts/bookings.ts';
import { ButtonLink } from '../../components/links.tsx';
import { PageTitle } from '../../components/page-title.tsx';
import { classes } from '../../lib/classes.ts';
import { useTexts } from '../../lib/i18n.ts';
import { HeldCard } from './held-card.tsx';
import styles from './holds.module.css';
import { useOrder } from './orders.ts';
import { holdsTexts } from './texts.ts';

/** The places of one request that are held, by order. */
export function heldOrders(bookings: readonly Booking[]): [string, Booking[]][] {
  const held = bookings.filter(({ state, orderId }) => state === 'held' && orderId);
  return [...Map.groupBy(held, ({ orderId }) => orderId ?? '')];
}

/** What was asked for is kept, and still needs a word: the way on from booking to having booked. `children` once it is booked. */
export function HeldScreen({
  bookings,
  onMore,
  booked,
}: {
  bookings: Booking[];
  onMore: () => void;
  booked: (bookings: Booking[]) => ReactNode;
}) {
  const t = useTexts(holdsTexts);
  const [first] = heldOrders(bookings);
  const order = useOrder(first?.[0] ?? '');
  if (order.data?.status === 'booked') return booked(order.data.bookings);
  const isApproval = bookings[0]?.heldFor === 'approval';
  return (
    <div style={{ maxWidth: '34rem' }}>
      <div className={styles.heldHead}>
        <IconAlarm aria-hidden stroke={1.5} />
        <div>
          <PageTitle announced mb="0">
            {t(isApproval ? 'heldDoneApproval' : 'heldDone')}
          </PageTitle>
          <Text>{t(isApproval ? 'heldLeadApproval' : 'heldLead')}</Text>
        </div>
      </div>
      <ul className={classes('plain-list', styles.heldList)}>
        {heldOrders(bookings).map(([orderId, places]) => (
          <HeldCard key={orderId} orderId={orderId} bookings={places} />
        ))}
      </ul>
      <Group mt="lg">
        <ButtonLink variant="default" to="/bookings">
          {t('toBookings')}
        </ButtonLink>
        <Button variant="default" onClick={onMore}>
          {t('more')}
        </Button>
      </Group>
    </div>
  );
}
