import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { DoorKey, DoorKeyCreated } from '../../../../shared/contracts/doors.ts';
import { api } from '../../lib/api.ts';
import { once } from '../../lib/intent.ts';

const queryKey = (centerId: string) => ['door-keys', centerId];

export const useDoorKeys = (centerId: string) =>
  useQuery({
    queryKey: queryKey(centerId),
    queryFn: async ({ signal }) =>
      (await api.get<{ keys: DoorKey[] }>(`/v1/centers/${centerId}/door-keys`, undefined, signal)).keys,
  });

/** Makes a key for a room's lock; it is in this answer and never again. */
export function useMakeDoorKey(centerId: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ roomId, label }: { roomId: string; label: string }) =>
      once('door-key', { roomId, label }, (key) =>
        api.post<DoorKeyCreated>(`/v1/doors/${roomId}/keys`, { label }, key),
      ),
    onSuccess: () => client.invalidateQueries({ queryKey: queryKey(centerId) }),
  });
}

export function useRevokeDoorKey(centerId: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ roomId, keyId }: DoorKey) => api.postQuietly(`/v1/doors/${roomId}/keys/${keyId}/revoke`, {}),
    onSuccess: () => client.invalidateQueries({ queryKey: queryKey(centerId) }),
  });
}
