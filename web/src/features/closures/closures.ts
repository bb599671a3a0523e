import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { Closure, ClosureId, ClosureRequest, ClosureScope } from '../../../../shared/contracts/closures.ts';
import type { CenterId } from '../../../../shared/contracts/common.ts';
import { callApi } from '../../lib/api.ts';
import { once } from '../../lib/intent.ts';

const queryKey = (centerId: CenterId, ...rest: string[]) => ['closures', centerId, ...rest];

export const useClosures = (centerId: CenterId) =>
  useQuery({
    queryKey: queryKey(centerId),
    queryFn: async ({ signal }) =>
      (await callApi('GET /v1/centers/{centerId}/closures', { path: { centerId }, signal })).closures,
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
    queryFn: ({ signal }) =>
      callApi('GET /v1/centers/{centerId}/closures/{closureId}', { path: { centerId, closureId }, signal }),
    refetchInterval: ({ state }) => (state.data && isAtWork(state.data.closure) ? AT_WORK_MS : AT_REST_MS),
  });

export const usePreview = (centerId: CenterId) =>
  useMutation({
    mutationFn: (what: ClosureScope) =>
      callApi('POST /v1/centers/{centerId}/closures/preview', { path: { centerId }, body: { what } }),
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
        const answer = await callApi('POST /v1/centers/{centerId}/closures', {
          path: { centerId },
          body: request,
          key,
        });
        return answer.closure;
      }),
    onSuccess: refresh,
  });
}

export function useLift(centerId: CenterId) {
  const refresh = useRefresh(centerId);
  return useMutation({
    mutationFn: (closureId: ClosureId) =>
      callApi('POST /v1/centers/{centerId}/closures/{closureId}/lift', { path: { centerId, closureId } }),
    onSuccess: refresh,
  });
}
