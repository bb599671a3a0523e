import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type {
  Closure,
  ClosureId,
  ClosurePreview,
  ClosureReport,
  ClosureRequest,
  ClosureScope,
} from '../../../../shared/contracts/closures.ts';
import type { CenterId } from '../../../../shared/contracts/common.ts';
import { api } from '../../lib/api.ts';
import { once } from '../../lib/intent.ts';

const queryKey = (centerId: CenterId, ...rest: string[]) => ['closures', centerId, ...rest];
const path = (centerId: CenterId) => `/v1/centers/${centerId}/closures`;

export const useClosures = (centerId: CenterId) =>
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

export const useClosureReport = (centerId: CenterId, closureId: ClosureId) =>
  useQuery({
    queryKey: queryKey(centerId, closureId),
    queryFn: ({ signal }) => api.get<ClosureReport>(`${path(centerId)}/${closureId}`, undefined, signal),
    refetchInterval: ({ state }) => (state.data && isAtWork(state.data.closure) ? AT_WORK_MS : AT_REST_MS),
  });

export const usePreview = (centerId: CenterId) =>
  useMutation({
    mutationFn: (what: ClosureScope) => api.post<ClosurePreview>(`${path(centerId)}/preview`, { what }),
  });

/** What is shown of the center elsewhere is out of date from now on. */
function useRefresh(centerId: CenterId) {
  const client = useQueryClient();
  return () =>
    Promise.all([
      client.invalidateQueries({ queryKey: queryKey(centerId) }),
      client.invalidateQueries({ queryKey: ['sessions', centerId] }),
      client.invalidateQueries({ queryKey: ['opening', centerId] }),
    ]);
}

export function useClose(centerId: CenterId) {
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

export function useLift(centerId: CenterId) {
  const refresh = useRefresh(centerId);
  return useMutation({
    mutationFn: (closureId: ClosureId) => api.post<{ closure: Closure }>(`${path(centerId)}/${closureId}/lift`, {}),
    onSuccess: refresh,
  });
}
