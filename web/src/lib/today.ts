import { queryOptions, useQuery } from '@tanstack/react-query';
import { type CivilTime, civilNow } from '../../../shared/kernel/days.ts';
import { callApi } from './api.ts';

/** All centers of the first city keep this time. */
export const CITY_ZONE = 'Asia/Shanghai';

/** How far the city's clock is ahead of this device, which may be set wrongly; on a test machine the city's clock may be moved. */
const clockQuery = queryOptions({
  queryKey: ['clock'],
  queryFn: async ({ signal }) => {
    const { now } = await callApi('GET /v1/health', { signal });
    return { aheadMs: Date.parse(now) - Date.now() };
  },
  staleTime: Number.POSITIVE_INFINITY,
  gcTime: Number.POSITIVE_INFINITY,
});

/** Date and time of day in the city; by this device's clock until the city has answered, or when it cannot. */
export function useCityNow(): CivilTime & { settled: boolean } {
  const { data, isPending } = useQuery(clockQuery);
  return { ...civilNow(new Date(Date.now() + (data?.aheadMs ?? 0)), CITY_ZONE), settled: !isPending };
}

/** How many milliseconds this device's clock is behind the city's: what to add to `Date.now()`. */
export function useCityAheadMs(): number {
  return useQuery(clockQuery).data?.aheadMs ?? 0;
}
