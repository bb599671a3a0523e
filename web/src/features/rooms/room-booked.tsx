import { Button, Group, Text } from '@mantine/core';
import type { Booking } from '../../../../shared/contracts/bookings.ts';
import { ButtonLink } from '../../components/links.tsx';
import { PageTitle } from '../../components/page-title.tsx';
import { BookingTicket } from '../../entities/bookings/booking-ticket.tsx';
import { useTexts } from '../../lib/i18n.ts';
import { roomsTexts } from './texts.ts';

export function RoomBooked({ booking, onAnother }: { booking: Booking; onAnother: () => void }) {
  const t = useTexts(roomsTexts);
  return (
    <div style={{ maxWidth: '32rem' }}>
      <PageTitle announced mb="xs">
        {t('done')}
      </PageTitle>
      <Text mb="md">{t('doneLead')}</Text>
      <BookingTicket booking={booking} />
      <Group mt="lg">
        <ButtonLink to="/bookings">{t('toBookings')}</ButtonLink>
        <Button variant="default" onClick={onAnother}>
          {t('another')}
        </Button>
      </Group>
    </div>
  );
}
