import { Text } from '@mantine/core';
import { useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { FailedPage, MissingPage } from '../../components/failed-page.tsx';
import { TextLink } from '../../components/links.tsx';
import { LoadingPage } from '../../components/loading.tsx';
import { PageTitle } from '../../components/page-title.tsx';
import { useBookedHere } from '../../entities/bookings/use-booked-here.ts';
import { useCenter } from '../../entities/centers/centers.ts';
import { HeldScreen } from '../../entities/holds/held.tsx';
import { durationText, inLanguage } from '../../lib/format.ts';
import { useLanguage, useTexts } from '../../lib/i18n.ts';
import { useCityNow } from '../../lib/today.ts';
import { RoomBooked } from './room-booked.tsx';
import { RoomForm } from './room-form.tsx';
import { roomsTexts } from './texts.ts';

/** A room's week, and booking a stretch of it. */
export function RoomScreen() {
  const t = useTexts(roomsTexts);
  const language = useLanguage();
  const { roomId } = useParams({ from: '/shell/rooms/$roomId' });
  const { date, start } = useSearch({ from: '/shell/rooms/$roomId' });
  const navigate = useNavigate({ from: '/rooms/$roomId' });
  const now = useCityNow();
  const result = useBookedHere();
  const found = useCenter(roomId.split('.')[0] ?? '');
  if (found.isPending || !now.settled || result.isPending) return <LoadingPage />;
  if (found.error) return <FailedPage error={found.error} onRetry={() => void found.refetch()} />;
  const { center, rooms, offerings } = found.data;
  const room = rooms.find((it) => it.roomId === roomId);
  if (!room) return <MissingPage />;
  const booked = result.bookings?.[0];
  if (booked?.state === 'held')
    return (
      <HeldScreen
        bookings={[booked]}
        onMore={result.more}
        booked={([first = booked]) => <RoomBooked booking={first} onAnother={result.more} />}
      />
    );
  if (booked) return <RoomBooked booking={booked} onAnother={result.more} />;
  return (
    <>
      <TextLink to="/centers/$centerId" params={{ centerId: center.centerId }} search={{ show: 'rooms' }} size="sm">
        {t('back', { center: inLanguage(center.name, language) })}
      </TextLink>
      <PageTitle mb="xs" announced={result.isBack}>
        {inLanguage(room.name, language)}
      </PageTitle>
      <Text mb={4}>
        {t('facts', { seats: room.seats, longest: durationText(room.maxMinutesPerBooking, language) })}
      </Text>
      {room.bufferBeforeMinutes + room.bufferAfterMinutes > 0 ? (
        <Text size="sm" c="dimmed">
          {t('buffer')}
        </Text>
      ) : null}
      <RoomForm
        room={room}
        rooms={rooms}
        offerings={offerings}
        start={start}
        today={now.date}
        date={date !== undefined && date >= now.date ? date : now.date}
        onDate={(day) => void navigate({ search: { date: day }, replace: true, resetScroll: false })}
        onBooked={(booking) => result.show([booking])}
      />
    </>
  );
}
