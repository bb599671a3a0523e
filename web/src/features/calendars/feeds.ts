import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { Feed, FeedCreate, FeedCreated } from '../../../../shared/contracts/calendars.ts';
import { api } from '../../lib/api.ts';
import { once } from '../../lib/intent.ts';

const queryKey = ['calendar-feeds'];

export const useFeeds = () =>
  useQuery({
    queryKey,
    queryFn: async ({ signal }) => (await api.get<{ feeds: Feed[] }>('/v1/calendar-feeds', undefined, signal)).feeds,
  });

/** Makes a feed; its address is in this answer and never again. */
export function useMakeFeed() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (wanted: FeedCreate) =>
      once('calendar-feed', wanted, (key) => api.post<FeedCreated>('/v1/calendar-feeds', wanted, key)),
    onSuccess: () => client.invalidateQueries({ queryKey }),
  });
}

export function useRevokeFeed() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ feedId }: Feed) => api.postQuietly(`/v1/calendar-feeds/${feedId}/revoke`, {}),
    onSuccess: () => client.invalidateQueries({ queryKey }),
  });
}
