import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { CenterId, RoomId } from '../../../../shared/contracts/common.ts';
import type { DoorKey } from '../../../../shared/contracts/doors.ts';
import { callApi } from '../../lib/api.ts';
import { once } from '../../lib/intent.ts';

const queryKey = (centerId: CenterId) => ['door-keys', centerId];

export const useDoorKeys = (centerId: CenterId) =>
  useQuery({
    queryKey: queryKey(centerId),
    queryFn: async ({ signal }) =>
      (await callApi('GET /v1/centers/{centerId}/door-keys', { path: { centerId }, signal })).keys,
  });

/** Makes a key for a room's lock; it is in this answer and never again. */
export function useMakeDoorKey(centerId: CenterId) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ roomId, label }: { roomId: RoomId; label: string }) =>
      once('door-key', { roomId, label }, (key) =>
        callApi('POST /v1/doors/{roomId}/keys', { path: { roomId }, body: { label }, key }),
      ),
    onSuccess: () => client.invalidateQueries({ queryKey: queryKey(centerId) }),
  });
}

export function useRevokeDoorKey(centerId: CenterId) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ roomId, keyId }: DoorKey) =>
      callApi('POST /v1/doors/{roomId}/keys/{keyId}/revoke', { path: { roomId, keyId } }),
    onSuccess: () => client.invalidateQueries({ queryKey: queryKey(centerId) }),
  });
}
