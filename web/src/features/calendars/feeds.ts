import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { Feed, FeedCreate } from '../../../../shared/contracts/calendars.ts';
import { callApi } from '../../lib/api.ts';
import { once } from '../../lib/intent.ts';

const queryKey = ['calendar-feeds'];

export const useFeeds = () =>
  useQuery({
    queryKey,
    queryFn: async ({ signal }) => (await callApi('GET /v1/calendar-feeds', { signal })).feeds,
  });

/** Makes a feed; its address is in this answer and never again. */
export function useMakeFeed() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (wanted: FeedCreate) =>
      once('calendar-feed', wanted, (key) => callApi('POST /v1/calendar-feeds', { body: wanted, key })),
    onSuccess: () => client.invalidateQueries({ queryKey }),
  });
}

export function useRevokeFeed() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ feedId }: Feed) => callApi('POST /v1/calendar-feeds/{feedId}/revoke', { path: { feedId } }),
    onSuccess: () => client.invalidateQueries({ queryKey }),
  });
}
