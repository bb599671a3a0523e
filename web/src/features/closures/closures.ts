import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type {
  Closure,
  ClosurePreview,
  ClosureReport,
  ClosureRequest,
  ClosureScope,
} from '../../../../shared/contracts/closures.ts';
import { api } from '../../lib/api.ts';
import { once } from '../../lib/intent.ts';

const queryKey = (centerId: string, ...rest: string[]) => ['closures', centerId, ...rest];
const path = (centerId: string) => `/v1/centers/${centerId}/closures`;

export const useClosures = (centerId: string) =>
  useQuery({
    queryKey: queryKey(centerId),
    queryFn: async ({ signal }) => (await api.get<{ closures: Closure[] }>(path(centerId), undefined, signal)).closures,
  });

/** Still at work: somebody has neither an offer nor a refund yet. */
export const isAtWork = ({ status }: Pick<Closure, 'status'>): boolean =>
  status === 'open' || status === 'listing' || status === 'disposing';

const AT_WORK_MS = 2_000;
/** Answers to offers come in over days; whoever has the page open sees them within the minute. */
const AT_REST_MS = 60_000;

export const useClosureReport = (centerId: string, closureId: string) =>
  useQuery({
    queryKey: queryKey(centerId, closureId),
    queryFn: ({ signal }) => api.get<ClosureReport>(`${path(centerId)}/${closureId}`, undefined, signal),
    refetchInterval: ({ state }) => (state.data && isAtWork(state.data.closure) ? AT_WORK_MS : AT_REST_MS),
  });

export const usePreview = (centerId: string) =>
  useMutation({
    mutationFn: (what: ClosureScope) => api.post<ClosurePreview>(`${path(centerId)}/preview`, { what }),
  });

/** What is shown of the center elsewhere is out of date from now on. */
function useRefresh(centerId: string) {
  const client = useQueryClient();
  return () =>
    Promise.all([
      client.invalidateQueries({ queryKey: queryKey(centerId) }),
      client.invalidateQueries({ queryKey: ['sessions', centerId] }),
      client.invalidateQueries({ queryKey: ['opening', centerId] }),
    ]);
}

export function useClose(centerId: string) {
  const refresh = useRefresh(centerId);
  return useMutation({
    mutationFn: (request: ClosureRequest) =>
      once('closure', { centerId, ...request }, async (key) => {
        const answer = await api.post<{ closure: Closure }>(path(centerId), request, key);
        return answer.closure;
      }),
    onSuccess: refresh,
  });
}

export function useLift(centerId: string) {
  const refresh = useRefresh(centerId);
  return useMutation({
    mutationFn: (closureId: string) => api.post<{ closure: Closure }>(`${path(centerId)}/${closureId}/lift`, {}),
    onSuccess: refresh,
  });
}
