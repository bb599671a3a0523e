import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { CenterId } from '../../../../shared/contracts/common.ts';
import { clockTimeOf, type IsoDate, isoWeekOf, minutesOf } from '../../../../shared/kernel/days.ts';
import { callApi } from '../../lib/api.ts';

/** All rooms of a center through the ISO week of a date. */
export const useRoomsWeek = (centerId: CenterId, date: IsoDate) =>
  useQuery({
    queryKey: ['rooms-week', centerId, isoWeekOf(date)],
    queryFn: ({ signal }) =>
      callApi('GET /v1/centers/{centerId}/rooms-week', {
        path: { centerId },
        query: { week: isoWeekOf(date) },
        signal,
      }),
    placeholderData: keepPreviousData,
  });

type Stretches = readonly { startsAt: string; endsAt: string }[];

/** The quarter-hours that lie in these stretches, by their start. */
export const startsIn = (stretches: Stretches): ReadonlySet<string> => new Set(stretches.flatMap(startsOf));

export const startsOf = ({ startsAt, endsAt }: Stretches[number]): string[] =>
  Array.from({ length: (minutesOf(endsAt) - minutesOf(startsAt)) / 15 }, (_, index) =>
    clockTimeOf(minutesOf(startsAt) + 15 * index),
  );
