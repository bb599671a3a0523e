import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { SeriesId } from '../../../../shared/contracts/common.ts';
import type {
  ChangePreview,
  Series,
  SeriesChange,
  SeriesPreview,
  SeriesRequest,
  SeriesSummary,
} from '../../../../shared/contracts/series.ts';
import { api } from '../../lib/api.ts';
import { once } from '../../lib/intent.ts';

type Answer = { series: Series };

/** Each date and what would become of it; nothing is booked. */
export const usePreview = () =>
  useMutation({
    mutationFn: (wanted: SeriesRequest) => api.post<SeriesPreview>('/v1/series/preview', wanted),
  });

/** What a change would come to, date by date; nothing is written. */
export const useChangePreview = (seriesId: SeriesId) =>
  useMutation({
    mutationFn: (change: SeriesChange) => api.post<ChangePreview>(`/v1/series/${seriesId}/preview`, change),
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
    mutationFn: (wanted: SeriesRequest) => once('series', wanted, (key) => api.post<Answer>('/v1/series', wanted, key)),
    onSuccess: kept,
  });
}

export const useSeries = (seriesId: SeriesId) =>
  useQuery({
    queryKey: ['series', seriesId],
    queryFn: async ({ signal }) => (await api.get<Answer>(`/v1/series/${seriesId}`, undefined, signal)).series,
  });

/** Asks for the rest, again and again, until there is none; each answer is shown. */
export function useRest(series: Series | undefined) {
  const kept = useKept();
  return useQuery({
    queryKey: ['series-rest', series?.seriesId, series?.done],
    enabled: series?.next === true,
    gcTime: 0,
    staleTime: Number.POSITIVE_INFINITY,
    queryFn: async () => {
      const answer = await api.post<Answer>(`/v1/series/${series?.seriesId}/continue`, {});
      await kept(answer);
      return answer.series.done;
    },
  });
}

export function useChangeSeries(seriesId: SeriesId) {
  const kept = useKept();
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (change: SeriesChange) => api.patch<Answer>(`/v1/series/${seriesId}`, change),
    onSuccess: kept,
    onSettled: () => queryClient.invalidateQueries({ queryKey: ['series', seriesId] }),
  });
}

export const useSeriesList = () =>
  useQuery({
    queryKey: ['series-list'],
    queryFn: async ({ signal }) => (await api.get<{ series: SeriesSummary[] }>('/v1/series', undefined, signal)).series,
  });
