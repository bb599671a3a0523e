import { skipToken, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { SeriesId } from '../../../../shared/contracts/common.ts';
import type { Series, SeriesChange, SeriesRequest } from '../../../../shared/contracts/series.ts';
import { type AnswerOf, callApi } from '../../lib/api.ts';
import { once } from '../../lib/intent.ts';

type Answer = AnswerOf<'GET /v1/series/{seriesId}'>;

/** Each date and what would become of it; nothing is booked. */
export const usePreview = () =>
  useMutation({
    mutationFn: (wanted: SeriesRequest) => callApi('POST /v1/series/preview', { body: wanted }),
  });

/** What a change would come to, date by date; nothing is written. */
export const useChangePreview = (seriesId: SeriesId) =>
  useMutation({
    mutationFn: (change: SeriesChange) =>
      callApi('POST /v1/series/{seriesId}/preview', { path: { seriesId }, body: change }),
  });

/** Puts a series as answered where its page looks for it; bookings and free times have changed with it. */
function useKept() {
  const queryClient = useQueryClient();
  return async ({ series }: Answer) => {
    queryClient.setQueryData(['series', series.seriesId], series);
    await Promise.all(
      ['series-list', 'bookings', 'availability'].map((name) => queryClient.invalidateQueries({ queryKey: [name] })),
    );
  };
}

export function useMakeSeries() {
  const kept = useKept();
  return useMutation({
    mutationFn: (wanted: SeriesRequest) =>
      once('series', wanted, (key) => callApi('POST /v1/series', { body: wanted, key })),
    onSuccess: kept,
  });
}

export const useSeries = (seriesId: SeriesId) =>
  useQuery({
    queryKey: ['series', seriesId],
    queryFn: async ({ signal }) => (await callApi('GET /v1/series/{seriesId}', { path: { seriesId }, signal })).series,
  });

/** Asks for the rest, again and again, until there is none; each answer is shown. */
export function useRest(series: Series | undefined) {
  const kept = useKept();
  return useQuery({
    queryKey: ['series-rest', series?.seriesId, series?.done],
    enabled: series?.next === true,
    gcTime: 0,
    staleTime: Number.POSITIVE_INFINITY,
    queryFn: series
      ? async () => {
          const answer = await callApi('POST /v1/series/{seriesId}/continue', { path: { seriesId: series.seriesId } });
          await kept(answer);
          return answer.series.done;
        }
      : skipToken,
  });
}

export function useChangeSeries(seriesId: SeriesId) {
  const kept = useKept();
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (change: SeriesChange) => callApi('PATCH /v1/series/{seriesId}', { path: { seriesId }, body: change }),
    onSuccess: kept,
    onSettled: () => queryClient.invalidateQueries({ queryKey: ['series', seriesId] }),
  });
}

export const useSeriesList = () =>
  useQuery({
    queryKey: ['series-list'],
    queryFn: async ({ signal }) => (await callApi('GET /v1/series', { signal })).series,
  });
