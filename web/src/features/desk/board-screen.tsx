import { useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { FailedPage } from '../../components/failed-page.tsx';
import { LoadingPage } from '../../components/loading.tsx';
import { NoDesk } from '../../entities/desks/no-desk.tsx';
import { useDesks } from '../../entities/desks/use-desks.ts';
import { useCityNow } from '../../lib/today.ts';
import { BoardDay } from './board-day.tsx';
import { BoardHead } from './board-head.tsx';
import { CheckInBar } from './check-in-bar.tsx';

/** The counter of a center: who comes on a day, who is there, who is missing. */
export function BoardScreen() {
  const { centerId } = useParams({ from: '/shell/signed-in/desk/$centerId' });
  const search = useSearch({ from: '/shell/signed-in/desk/$centerId' });
  const navigate = useNavigate({ from: '/desk/$centerId' });
  const { desks, error, retry } = useDesks();
  const now = useCityNow();
  if (error && !desks) return <FailedPage error={error} onRetry={retry} />;
  if (!desks || !now.settled) return <LoadingPage />;
  if (!desks.some((desk) => desk.centerId === centerId)) return <NoDesk />;
  const date = search.date ?? now.date;
  return (
    <>
      <BoardHead
        desks={desks}
        centerId={centerId}
        date={date}
        today={now.date}
        onCenter={(other) => void navigate({ to: '/desk/$centerId', params: { centerId: other } })}
        // No date in the address is today, also after midnight.
        onDate={(day) =>
          void navigate({ search: day === now.date ? {} : { date: day }, replace: true, resetScroll: false })
        }
      />
      {date === now.date ? <CheckInBar key={centerId} centerId={centerId} date={date} /> : null}
      <BoardDay key={`${centerId} ${date}`} centerId={centerId} date={date} />
    </>
  );
}
